//! Words that carry no meaning of their own, a list a language, folded.
//!
//! Articles, pronouns, prepositions, conjunctions and auxiliary verbs. Words that are also
//! names or news (`will`, `may`, `us` in capitals) are judged by the query, not here.

pub(super) const ENGLISH: &str = "a about above after again all also am an and any are as at be \
been before being below between both but by can could did do does doing down during each few for \
from further had has have having he her here hers herself him himself his how i if in into is it \
its itself just me more most my myself no nor not of off on once only or other our ours out over \
own same she should so some such than that the their theirs them themselves then there these they \
this those through to too under until up upon us very was we were what when where which while who \
whom whose why will with would you your yours";

pub(super) const GERMAN: &str = "aber als am an auch auf aus bei bin bis da dann das dass dein dem \
den der des die dies diese diesem diesen dieser doch du durch ein eine einem einen einer eines er \
es fur hat hatte ich ihm ihn ihr ihre im in ist ja kann kein keine man mehr mein mit nach nicht noch \
nun nur ob oder ohne sehr sein seine sich sie sind so uber um und uns unter vom von vor war waren \
was wenn wer wie wir wird wurde zu zum zur";

pub(super) const FRENCH: &str = "a ai as au aux avec ce ces cette d dans de des du elle elles en est \
et etait eu eux il ils je l la le les leur leurs lui m mais me meme mes moi mon n ne nos notre nous \
on ont ou par pas plus pour qu que qui s sa sans se ses si son sont sur t ta te tes toi ton tu un \
une vos votre vous y";

pub(super) const SPANISH: &str = "a al algo ante como con contra cual cuando de del desde donde e el \
ella ellas ellos en entre era es esa ese eso esta estaba este esto fue ha hay la las le les lo los mas \
me mi muy ni no nos o para pero por porque que quien se ser si sin sobre son su sus te tu un una \
uno y ya yo";

pub(super) const ITALIAN: &str = "a ad agli ai al alla alle allo anche c che chi ci come con cui d da \
dagli dai dal dalla dalle de degli dei del della delle dello di e ed era essere gli ha hanno ho i il \
in io l la le lei li lo loro lui ma mi ne nei nel nella nelle noi non o per piu quello questa questo \
se si sia sono su sua sue sul sulla suo tra un una uno vi voi";

pub(super) const PORTUGUESE: &str = "a ao aos as ate com como da das de dela dele deles depois do dos \
e ela elas ele eles em entre era essa esse esta este eu foi ha isso isto ja la lhe mais mas me mesmo \
meu muito na nao nas nem no nos o os ou para pela pelas pelo pelos por qual quando que quem se sem \
ser seu seus so sua suas tambem te tem um uma voce";

pub(super) const DUTCH: &str = "aan als bij dat de der deze die dit doch door een en er ge had heb heeft \
hem het hij hoe hun ik in is ja je kan me meer met mij maar na naar niet nog nu of om omdat ons ook \
op over te tot u uit van veel voor want was wat we wel werd wie wij wil worden ze zich zij zijn zo zou";

pub(super) const RUSSIAN: &str = "а без более бы был была были было быть в вам вас весь во вот все всего \
вы где да даже для до его ее если есть еще же за здесь и из или им их к как ко когда кто ли либо мне \
может мы на над надо наш не него нее нет ни них но ну о об однако он она они оно от очень по под при с \
со так также такой там те тем то того тоже той только том ты у уже хотя чего чей чем что чтобы чье эта \
эти это этого этой этом этот я";

pub(super) const UKRAINIAN: &str = "а але б без би був була були було бути в вже ви від він вона вони все \
всі де для до є за з зі і із її їх його й коли ми на навіть над не ні о об один по про при с сам \
свій се та так такий там те ти то тому тут у хто це цей цього ця чи що щоб я як який якщо";

pub(super) const POLISH: &str = "a aby ale bo by byc byl byla bylo byly co czy dla do go i ich ile im iz \
ja jak jako jednak jego jej jest jestem juz kto ktora ktore ktory lub ma mi mnie moze my na nad nie \
niz o od on ona one oni oraz po pod przed przez przy sa sie sobie ta tak tam te tego tej ten to tu tym \
u w we wszystko z za ze";

pub(super) const SWEDISH: &str = "alla att av da de dem den denna deras dess det detta dig din du dar ej \
eller en er ett fran for ha hade han hans har henne hon honom hur i icke inte jag ju kan man med men \
mig min mot nar nu och om oss pa sa sig sin sina som till under upp ut var vi vid vill";

pub(super) const DANISH: &str = "af alle at blev bliver da de dem den denne der deres det dette dig din \
disse dog du efter eller en end er et for fra ham han hans har hende hendes her hun hvad hvis hvor i \
ikke ind jeg jer jo kunne man med meget men mig min mod nar nogle nu og om op os over pa sa sig sin \
skal som til ud under var vi vil ville";

pub(super) const NORWEGIAN: &str = "alle at av begge ble bli blir da de dem den denne der deres det dette \
du eller en er et etter for fra ha hadde han hans har hennes her hun hva hvis hvor i ikke inn jeg kan \
man med men mer mot na nar og om opp oss over pa sa seg sin skal som til ut var ved vi vil";

pub(super) const FINNISH: &str = "ei eli en ensi etta han hanen he hyvin itse ja jo joka jos jossa kanssa \
koska kuin kun kuten me mika minka mitta mukaan mutta myos ne niin nyt oli olla olivat on osa ovat se \
sen sita siita silla sinka tai tama taman te tulee vain viela voi";

pub(super) const CZECH: &str = "a aby ale ani az bez bude by byl byla bylo byt co do ho i ja jak jako je jeho \
jej jeji jejich jen jeste ji jsem jsou k kde kdyz ke ktera ktere ktery ma mezi mi mu na nad ne nebo \
neni nez o od po pod podle pri pro proto proti roku s se si tak take tam tato tedy ten tento to tom \
u uz v ve vsak z za ze";

pub(super) const HUNGARIAN: &str = "a ahogy aki akik amely ami az azok azt be csak de e egy egyik el es \
ez ezek ezt fel ha hogy is itt ki kell le lesz ma majd mar meg mert mi mint mit most ne nem nincs o ok \
olyan ott pedig se sem szerint ugy vagy van volt volna";

pub(super) const ROMANIAN: &str = "a acest aceasta ai al ale am ar are as au ca care ce cel cele cu cum da \
dar de din dupa e ea ei el este eu fi fie fost in insa intre isi la lui mai ne nici nu o or pe pentru \
prin sa sau se si sub sunt un una unde unei unor unui va";

pub(super) const TURKISH: &str = "acaba ama ancak artik bazi ben bir biz bu bunu cok da daha de degil diye \
en gibi hem hep her icin ile ise ki mi mu ne neden o olan olarak oldu olmak olur on onlar onu sonra su \
ve veya ya yani";

pub(super) const GREEK: &str = "αλλα αν αντι απο αυτη αυτο αυτος για δε δεν εαν ειναι εκεινη εκεινο ενω \
επι η ηταν θα και κατα κι μα με μετα μη μην μια να ο οι ομως οπως οτι ου παρα ποια ποιο ποιος που \
προς πως σε στα στη στην στο στον στους τα τη την της τι τις το τον του τους των ως";

pub(super) const CATALAN: &str = "a al als amb aquest aquesta aixo com d de del dels el ella ells els en \
entre era es esta ha han i l la les li lo mes mentre molt no o on para pel pels per pero que qui s se \
ser seu seva si sobre son tambe te un una y";

pub(super) const ARABIC: &str = "الي ان او اي بعد بين تم ثم علي عن غير في قبل قد كان كل كما لا لم لن ما مع من \
منذ هذا هذه هو هي و وقد يوم";

pub(super) const INDONESIAN: &str = "ada adalah akan atau bagi bahwa dalam dan dari dengan di dia hanya \
ini itu juga karena ke kepada kita lebih mereka oleh pada para saat saya sebagai serta sudah telah \
tersebut tidak untuk yang";

pub(super) const BULGARIAN: &str = "а без бе беше би в вече във да до е за и из или им как като когато което който \
които към ли между на над не него но от по при с са само се си след със така това този той тя у ще я";

pub(super) const CROATIAN: &str = "a ali bi bila bilo bio da do dok ga i ih ili iz ja je jer ko koja koje \
koji kako kao li mu na nakon ne nije o od on ona oni pa po pri s sa se su sve sto ta taj te to u uz \
vec za";

pub(super) const SLOVAK: &str = "a aby aj ako ale alebo ani az bez bol bola bolo by byt co do ho i ich ja je jeho \
jej k kde ked ktora ktore ktory len ma medzi na nad nie o od po pod podla pre pri s sa si so su tak \
tento to tym u uz v vo vsak z za ze";
