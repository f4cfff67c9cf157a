//! Lines that stand with an article and are not part of it -> set aside: subscribe, share, read also.

use std::collections::HashMap;
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;

use super::text::{Block, Role};

/// Marks the paragraphs that are no part of the article.
pub(super) fn set_aside(blocks: &mut [Block]) {
    for block in blocks {
        if block.role == Role::Body && block.text.len() <= LONGEST && is_clutter(&block.text) {
            block.role = Role::Other;
        }
    }
}

/// Longer paragraphs are text, whatever they begin with (in bytes: some scripts take three a letter).
const LONGEST: usize = 320;
/// A line that only begins like clutter has at most so many letters.
const LONGEST_TAIL: usize = 170;

/// How a phrase is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Where {
    /// The line is the phrase.
    Whole,
    /// The line begins with it.
    Start,
    /// The line begins with it and a colon follows.
    Label,
}

/// Phrases by language: whole lines, beginnings, labels (a colon must follow). In lower case, ' for
/// every apostrophe; commas separate.
static PHRASES: &[(&str, &str, &str, &str)] = &[
    (
        "en",
        "advertisement,advertisements,sponsored,sponsored content,share,share this,tweet,email,e-mail,print,comments,comment,\
         subscribe,sign up,log in,sign in,read more,more,related,related articles,related stories,related topics,most read,most popular,\
         trending,recommended,recommended stories,newsletter,copy link,share article,share this article,save,loading,\
         back to top,continue reading,story continues below,story continues below advertisement,article continues below,\
         article continues after advertisement,more on this story,you may also like,skip to main content,leave a comment,\
         show comments,view comments,latest articles,latest posts,latest news,recent posts,recent comments,more topics,\
         similar articles,all rights reserved,follow us,menu,advertising,facebook,twitter,whatsapp,telegram",
        "subscribe to,subscribe now,subscribe for,sign up for,sign up to,sign up now,follow us,follow our,follow me on,\
         like us on,join us on,join our,share on,share via,share this,tweet this,read also,see also:,also read,read more on,read more:,\
         read more about,read the full,click here,copyright,© ,(c) ,all rights reserved,this article was originally published,\
         download our app,get our app,get the latest news,get our newsletter,find us on,contact us,you can unsubscribe,\
         we use cookies,this site uses cookies,enable javascript,please enable,your email address,by signing up,\
         by subscribing,already a subscriber,become a member,support our journalism,listen to this article,\
         related articles,recommended for you,don't miss,more stories,more news,watch:,photo:,photo by,image:,image credit,\
         send your comments,to comment on this,for the latest stories,for the latest news,advertise with us,\
         did you like this,if you liked this,enjoyed this article,this post was filed under,\
         this entry was posted,this entry was tagged,this post contains affiliate,contains affiliate links,have a news tip,got a tip,email the writer,for more news",
        "read also,also read,see also,read more,related,more on this,photo,photos,image,tags,topics,filed under,keywords,\
         share,don't miss,recommended,sponsored,watch,video,read next,editor's picks,picture,category,categories",
    ),
    (
        "de",
        "anzeige,werbung,teilen,drucken,kommentare,kommentar,mehr,mehr zum thema,newsletter,abonnieren,anmelden,\
         lesen sie auch,auch interessant,das könnte sie auch interessieren,das könnte dich auch interessieren,\
         das könnte ihnen auch gefallen,das könnte dir auch gefallen,schon gelesen?,mehr themen,weitere themen,weitere artikel,ähnliche artikel,\
         ähnliche beiträge,neueste artikel,neueste beiträge,neueste kommentare,kommentieren,kommentar schreiben,weiterlesen,artikel teilen,merken,zur startseite,\
         startseite,themen,meistgelesen,alle rechte vorbehalten",
        "abonnieren sie,jetzt abonnieren,folgen sie uns,folgen sie,folge uns,lesen sie auch,lesen sie hier,lesen sie mehr,\
         mehr zum thema,newsletter abonnieren,melden sie sich,hier können sie,teilen auf,alle rechte vorbehalten,auf facebook teilen,\
         dieser artikel erschien,das thema könnte,diese themen könnten,diese artikel könnten,gefällt dir dieser artikel,gefällt ihnen dieser artikel,\
         lust auf mehr?,liken sie uns,like uns,bei fragen und anregungen,bitte registrieren sie sich,\
         sie müssen sich einloggen,sie müssen angemeldet sein,du musst angemeldet sein,der beitrag wurde am,dieser beitrag wurde am,\
         dieser eintrag wurde am,dieser beitrag enthält werbung,dieser artikel enthält werbung,dieser beitrag enthält affiliate,\
         enthält affiliate,zum newsletter,foto:,bild:,© ,jetzt anmelden,sie haben bereits ein abo,hat ihnen dieser artikel gefallen,hat dir dieser artikel gefallen",
        "lesen sie auch,auch interessant,mehr zum thema,foto,fotos,bild,quelle,schlagworte,siehe auch,themen,video,lesen sie mehr",
    ),
    (
        "fr",
        "publicité,partager,imprimer,commentaires,commenter,lire aussi,à lire aussi,s'abonner,abonnez-vous,newsletter,lire plus,\
         lire la suite,sur le même sujet,tous droits réservés,réagir,à la une,se connecter",
        "abonnez-vous,inscrivez-vous,suivez-nous,suivez nous,rejoignez-nous,lire aussi,à lire aussi,lire également,voir aussi,\
         partager sur,partagez,tous droits réservés,recevez,photo :,crédit photo,retrouvez-nous,cliquez ici,sur le même sujet,\
         article réservé aux abonnés,il vous reste,la suite est réservée aux abonnés,cet article est réservé",
        "lire aussi,à lire aussi,voir aussi,à lire,lire,photo,sur le même sujet,mots-clés,crédit,crédits,vidéo",
    ),
    (
        "es",
        "publicidad,compartir,imprimir,comentarios,comentar,leer más,suscríbete,suscribirse,relacionados,noticias relacionadas,\
         te puede interesar,te recomendamos,más información,todos los derechos reservados,boletín",
        "suscríbete,suscríbase,síguenos,síganos,sigue nuestro,sigue toda la,comparte,compartir en,lee también,lea también,\
         leer también,te puede interesar,te recomendamos,le puede interesar,haz clic,haga clic,todos los derechos reservados,únete a,\
         recibe,más información:,puedes seguir,hazte miembro,hazte socio,últimas noticias",
        "lee también,lea también,leer más,te puede interesar,más información,foto,fotos,etiquetas,temas,vídeo,video,ver también,relacionado",
    ),
    (
        "pt",
        "publicidade,compartilhar,partilhar,imprimir,comentários,leia mais,leia também,saiba mais,assine,newsletter,\
         continua após a publicidade,todos os direitos reservados,veja também",
        "assine,inscreva-se,siga-nos,siga o,siga a,compartilhe,partilhe,leia também,leia mais,veja também,saiba mais,\
         todos os direitos reservados,receba,clique aqui,participe do,continua após",
        "leia também,leia mais,veja também,saiba mais,foto,fotos,tags,temas,relacionado,vídeo",
    ),
    (
        "it",
        "pubblicità,condividi,stampa,commenti,leggi anche,leggi tutto,abbonati,iscriviti,newsletter,riproduzione riservata,\
         © riproduzione riservata,articoli correlati,potrebbe interessarti",
        "abbonati a,abbonati,iscriviti,seguici,segui,leggi anche,leggi l'articolo,condividi su,riproduzione riservata,potrebbe interessarti,\
         ricevi,clicca qui",
        "leggi anche,leggi,foto,guarda anche,tag,vedi anche,video,approfondimento",
    ),
    (
        "nl",
        "advertentie,delen,reacties,lees ook,lees meer,abonneren,nieuwsbrief,inloggen",
        "abonneer,volg ons,lees ook,lees meer,bekijk ook,meld je aan,schrijf je in,deel dit,deel op,alle rechten voorbehouden",
        "lees ook,lees meer,foto,bekijk ook,meer over",
    ),
    (
        "sv",
        "annons,dela,kommentarer,läs mer,läs även,prenumerera,nyhetsbrev",
        "prenumerera,följ oss,läs mer,läs också,läs även,dela på,anmäl dig",
        "läs mer,läs även,läs också,foto,bild,se också",
    ),
    (
        "da",
        "annonce,del,kommentarer,læs mere,læs også,abonner,nyhedsbrev",
        "abonner,følg os,læs mere,læs også,del på,tilmeld dig",
        "læs også,læs mere,foto,se også",
    ),
    (
        "nb",
        "annonse,del,kommentarer,les mer,les også,abonner,nyhetsbrev",
        "abonner,følg oss,les mer,les også,del på,meld deg på",
        "les også,les mer,foto,se også",
    ),
    (
        "fi",
        "mainos,jaa,kommentit,lue myös,lue lisää,tilaa,uutiskirje",
        "tilaa,seuraa meitä,lue myös,lue lisää,jaa artikkeli",
        "lue myös,lue lisää,kuva,katso myös",
    ),
    (
        "pl",
        "reklama,udostępnij,drukuj,komentarze,czytaj także,czytaj też,czytaj więcej,zobacz także,newsletter,zaloguj się",
        "subskrybuj,zapisz się,obserwuj nas,śledź nas,polub nas,dołącz do nas,czytaj także,czytaj też,czytaj więcej,\
         zobacz także,zobacz też,przeczytaj także,udostępnij na,wszelkie prawa zastrzeżone,materiał chroniony prawem autorskim",
        "czytaj także,czytaj też,czytaj więcej,zobacz także,zobacz też,przeczytaj,fot,zdjęcie,tagi,źródło",
    ),
    (
        "cs",
        "reklama,inzerce,sdílet,tisk,diskuse,čtěte také,přihlásit",
        "sledujte nás,čtěte také,přečtěte si,sdílejte,přihlaste se,odebírejte,předplaťte",
        "čtěte také,čtěte více,foto,přečtěte si,viz také,zdroj",
    ),
    (
        "hu",
        "hirdetés,megosztás,hozzászólások,kapcsolódó cikkek,hírlevél",
        "iratkozzon fel,iratkozz fel,kövessen minket,kövess minket,olvassa el,oszd meg,ossza meg",
        "olvassa el,olvasd el,fotó,kapcsolódó,kép",
    ),
    (
        "ro",
        "publicitate,distribuie,comentarii,citește și,abonează-te",
        "abonează-te,urmărește-ne,urmăriți-ne,citește și,citiți și,distribuie pe,înscrie-te",
        "citește și,citiți și,foto,vezi și,sursa",
    ),
    (
        "tr",
        "reklam,paylaş,yazdır,yorumlar,abone ol,ilgili haberler",
        "abone ol,bizi takip,takip edin,bültenimize,facebook'ta paylaş,haberin devamı,ilginizi çekebilir",
        "ilgili haber,ayrıca okuyun,fotoğraf,ilginizi çekebilir,etiketler",
    ),
    (
        "ru",
        "реклама,поделиться,комментарии,читайте также,читать далее,подписаться,подпишитесь,печать,войти,материалы по теме",
        "подписывайтесь,подпишитесь,подписаться на,следите за нами,следите за новостями,читайте также,читайте нас,\
         присоединяйтесь,вступайте,поделитесь,поделиться в,все права защищены,смотрите также,больше новостей,наш канал,\
         нашли ошибку,если вы нашли ошибку,по теме:,читать также",
        "читайте также,смотрите также,по теме,фото,источник,теги,видео,читать также,материалы по теме",
    ),
    (
        "uk",
        "реклама,поділитися,коментарі,читайте також,підписатися,друк",
        "підписуйтесь,підписуйтеся,підпишіться,стежте за,читайте також,читайте нас,приєднуйтесь,поділитися в,поділіться,\
         усі права захищені,дивіться також,долучайтесь",
        "читайте також,дивіться також,фото,джерело,теги,читайте ще,відео",
    ),
    (
        "bg",
        "реклама,сподели,коментари,прочетете още",
        "абонирайте се,последвайте ни,следвайте ни,прочетете още,вижте още,сподели във",
        "прочетете още,вижте още,снимка,още по темата",
    ),
    (
        "el",
        "διαφήμιση,κοινοποίηση,σχόλια,διαβάστε επίσης",
        "διαβάστε επίσης,διαβάστε ακόμη,ακολουθήστε,εγγραφείτε,δείτε επίσης",
        "διαβάστε επίσης,δείτε επίσης,φωτογραφία,πηγή,διαβάστε ακόμη",
    ),
    (
        "id",
        "iklan,bagikan,komentar,baca juga,advertisement",
        "baca juga,ikuti kami,berlangganan,simak juga,dapatkan update,bagikan ke",
        "baca juga,simak juga,foto,sumber,lihat juga",
    ),
    (
        "vi",
        "quảng cáo,chia sẻ,bình luận,đọc thêm,xem thêm",
        "theo dõi,đăng ký nhận,xem thêm,đọc thêm,chia sẻ lên",
        "xem thêm,đọc thêm,ảnh,nguồn",
    ),
    (
        "ar",
        "إعلان,مشاركة,تعليقات,اقرأ أيضا,اقرأ المزيد",
        "اقرأ أيضا,اقرأ أيضاً,تابعونا,اشترك,اشتركوا,شارك,للمزيد",
        "اقرأ أيضا,اقرأ أيضاً,شاهد أيضا,المصدر",
    ),
    (
        "zh",
        "广告,分享,评论,相关阅读,相关新闻,订阅",
        "关注我们,扫码,点击,版权所有,责任编辑,责编,更多精彩",
        "责任编辑,责编,编辑,相关阅读,延伸阅读,来源,更多",
    ),
    (
        "ja",
        "広告,シェア,コメント,関連記事,続きを読む",
        "フォロー,関連記事,続きを読む,無断転載",
        "関連記事,写真,あわせて読みたい",
    ),
    (
        "ko",
        "광고,공유,댓글,관련기사",
        "구독,관련기사,무단 전재,저작권자,ⓒ",
        "관련기사,사진,저작권자",
    ),
];

type Phrases = HashMap<String, Vec<(&'static str, Where)>, FxBuildHasher>;

/// The phrases by their first word.
static BY_FIRST_WORD: LazyLock<Phrases> = LazyLock::new(|| {
    let mut map = Phrases::default();
    for (_, whole, start, label) in PHRASES {
        for (row, place) in [(whole, Where::Whole), (start, Where::Start), (label, Where::Label)] {
            for phrase in row.split(',').map(str::trim).filter(|it| !it.is_empty()) {
                map.entry(first_word(phrase).to_owned()).or_default().push((phrase, place));
            }
        }
    }
    map
});

/// The longest first word a phrase has, in bytes: a line with a longer one is no clutter.
const LONGEST_WORD: usize = 40;

fn first_word(text: &str) -> &str {
    let end = text.find([' ', ':', '.', '!', ',', '|', '\u{a0}', '：', '…']).unwrap_or(text.len());
    if end == 0 { text } else { &text[..end] }
}

fn is_clutter(line: &str) -> bool {
    let line =
        line.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '(' | 'ⓒ'));
    let line = line.strip_prefix('(').filter(|rest| !rest.starts_with(['c', 'C'])).unwrap_or(line);
    let word = first_word(line);
    if word.is_empty() || word.len() > LONGEST_WORD {
        return false;
    }
    if word.starts_with(['©', 'ⓒ']) {
        return true;
    }
    let known = if word.bytes().any(|b| b.is_ascii_uppercase() || !b.is_ascii()) {
        BY_FIRST_WORD.get(word.to_lowercase().as_str())
    } else {
        BY_FIRST_WORD.get(word)
    };
    let Some(phrases) = known else { return is_menu(line) };
    let line = line.to_lowercase().replace(['’', '‘', '`', '´'], "'");
    let line = line.trim_end_matches([']', ')', ' ', '|']);
    let long = line.chars().nth(LONGEST_TAIL).is_some();
    let hit = phrases.iter().any(|(phrase, place)| {
        let Some(rest) = line.strip_prefix(phrase) else { return false };
        match place {
            Where::Whole => {
                rest.trim_matches(['.', '!', ':', '>', '»', '›', '→', '…', ' ']).is_empty()
            }
            Where::Start => {
                let ended = !rest.starts_with(char::is_alphanumeric) || phrase.ends_with(' ');
                ended && !long && !is_sentence(rest)
            }
            Where::Label => rest.trim_start().starts_with([':', '：']) && !long,
        }
    });
    hit || is_menu(line)
}

/// Whether what follows the phrase goes on as running text: more than one sentence.
fn is_sentence(rest: &str) -> bool {
    rest.matches(". ").count() >= 2
}

/// `Share on Facebook | Tweet | Copy link`: three words or more of this kind between strokes.
fn is_menu(line: &str) -> bool {
    if line.len() > 160 {
        return false;
    }
    let strokes = line.bytes().filter(|b| *b == b'|').count();
    if strokes < 2 {
        return false;
    }
    let line = line.to_lowercase();
    let known = line.split('|').filter(|part| {
        let part = part.trim();
        let rows = BY_FIRST_WORD.get(first_word(part));
        rows.is_some_and(|rows| rows.iter().any(|(phrase, _)| part.starts_with(phrase)))
    });
    known.count() * 2 > strokes
}

#[cfg(test)]
mod tests {
    use super::is_clutter;

    #[test]
    fn clutter() {
        for line in [
            "Subscribe to Pravda.Ru Telegram channel, Facebook, RSS!",
            "Subscribe to our Telegram channel and never miss a story!",
            "Subscribe to The Meridian Dispatch newsletter and get the day's main stories by e-mail",
            "Share on Facebook | Tweet | Copy link",
            "READ ALSO: Tram dreams, a history",
            "Follow us on Telegram, Facebook and RSS!",
            "© The Meridian Dispatch. All rights reserved.",
            "Advertisement",
            "[Read more]",
            "Lesen Sie auch: Kirchturm zeigt wieder die falsche Zeit",
            "À lire aussi : le virage",
            "Подписывайтесь на наш канал в Telegram!",
            "Lea también: El faro",
            "责任编辑：王小明",
            "Das könnte Dich auch interessieren:",
            "Lust auf mehr? Melde dich hier für unseren Newsletter an!",
            "Neueste Beiträge",
            "For the latest stories download our app.",
            "Materiał chroniony prawem autorskim - wszelkie prawa zastrzeżone.",
        ] {
            assert!(is_clutter(line), "{line}");
        }
    }

    #[test]
    fn no_clutter() {
        for line in [
            "Shares rose on Monday.",
            "Share prices fell.",
            "More than 40 people came.",
            "Copyrighted works are safe.",
            "Subscribers left in droves.",
            "Read, he said, and read again.",
            "Follow the money.",
            "Print is dead, or so they say.",
            "Related parties sold 4 mln shares.",
            "Video games are popular.",
            "Reklamen virker.",
            "Lust auf mehr haben viele.",
            "Similar articles were found in the attic.",
            "",
            "|||",
        ] {
            assert!(!is_clutter(line), "{line}");
        }
    }
}
