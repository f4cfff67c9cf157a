//! The rows of the languages written in Latin letters.

use super::FigureOrder::{DayMonth, MonthDay};
use super::Language;
use super::MonthCase::{Capital, Small};

pub(super) const ROWS: &[Language] = &[
    Language {
        code: "en",
        order: MonthDay,
        case: Capital,
        months: "january jan|february feb febr|march mar|april apr|may|june jun|july jul|\
                 august aug|september sep sept|october oct|november nov|december dec",
        weekdays: "monday mon|tuesday tue tues|wednesday wed weds|thursday thu thur thurs|\
                   friday fri|saturday sat|sunday sun",
        fillers: "of the",
        ordinals: "st nd rd th",
        cues: "",
        ordinary: "may march mar mars ago out set des led pro gen sen maj avg tam mag lug dec ian \
                   sie lis lut jul mart marts avril",
    },
    Language {
        code: "de",
        order: DayMonth,
        case: Capital,
        months: "januar jänner jan jän|februar feber feb|märz maerz mär mrz|april apr|mai|\
                 juni jun|juli jul|august aug|september sep sept|oktober okt|november nov|\
                 dezember dez",
        weekdays: "montag mo|dienstag di|mittwoch mi|donnerstag do|freitag fr|\
                   samstag sonnabend sa|sonntag so",
        fillers: "der den dem im",
        ordinals: "te ten ter",
        cues: "am vom zum den dem ab bis seit der",
        ordinary: "des",
    },
    Language {
        code: "fr",
        order: DayMonth,
        case: Small,
        months: "janvier janv jan|février fév févr|mars|avril avr|mai|juin|juillet juil|août|\
                 septembre sept sep|octobre oct|novembre nov|décembre déc",
        weekdays: "lundi lun|mardi|mercredi|jeudi jeu|vendredi ven|samedi sam|dimanche dim",
        fillers: "le de du d",
        ordinals: "er e ème",
        cues: "",
        ordinary: "des out mar pro mag led set",
    },
    Language {
        code: "es",
        order: DayMonth,
        case: Small,
        months: "enero ene|febrero feb|marzo mar|abril abr|mayo may|junio jun|julio jul|\
                 agosto ago|septiembre setiembre sept sep set|octubre oct|noviembre nov|\
                 diciembre dic",
        weekdays: "lunes lun|martes|miércoles mié|jueves jue|viernes vie|sábado sáb|domingo dom",
        fillers: "el de del",
        ordinals: "º ro o",
        cues: "",
        ordinary: "mar des set pro led out mai",
    },
    Language {
        code: "pt",
        order: DayMonth,
        case: Small,
        months: "janeiro jan|fevereiro fev|março mar|abril abr|maio mai|junho jun|julho jul|\
                 agosto ago|setembro set|outubro out|novembro nov|dezembro dez",
        weekdays: "segunda-feira segunda seg|terça-feira terça ter|quarta-feira quarta qua|\
                   quinta-feira quinta qui|sexta-feira sexta sex|sábado sáb|domingo dom",
        fillers: "o de do dia em",
        ordinals: "º o",
        cues: "",
        ordinary: "mar des pro led",
    },
    Language {
        code: "it",
        order: DayMonth,
        case: Small,
        months: "gennaio gen genn|febbraio feb febbr|marzo mar|aprile apr|maggio mag magg|\
                 giugno giu|luglio lug|agosto ago|settembre set sett|ottobre ott|novembre nov|\
                 dicembre dic",
        weekdays: "lunedì lun|martedì|mercoledì mer|giovedì gio|venerdì ven|sabato sab|\
                   domenica dom",
        fillers: "il di del dell",
        ordinals: "º o",
        cues: "",
        ordinary: "mar mai pro led set des",
    },
    Language {
        code: "nl",
        order: DayMonth,
        case: Small,
        months: "januari jan|februari feb|maart mrt|april apr|mei|juni jun|juli jul|\
                 augustus aug|september sep sept|oktober okt|november nov|december dec",
        weekdays: "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag",
        fillers: "de van",
        ordinals: "e ste de",
        cues: "",
        ordinary: "des pro",
    },
    Language {
        code: "sv",
        order: DayMonth,
        case: Small,
        months: "januari jan|februari feb febr|mars|april apr|maj|juni jun|juli jul|\
                 augusti aug|september sep sept|oktober okt|november nov|december dec",
        weekdays: "måndag måndagen mån|tisdag tisdagen tis|onsdag onsdagen ons|\
                   torsdag torsdagen tors|fredag fredagen fre|lördag lördagen lör|\
                   söndag söndagen sön",
        fillers: "den",
        ordinals: "e a",
        cues: "den",
        ordinary: "jul des set pro",
    },
    Language {
        code: "da",
        order: DayMonth,
        case: Small,
        months: "januar jan|februar feb febr|marts mar|april apr|maj|juni jun|juli jul|\
                 august aug|september sep sept|oktober okt|november nov|december dec",
        weekdays: "mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag",
        fillers: "den d",
        ordinals: "",
        cues: "den",
        ordinary: "jul des set pro mar",
    },
    Language {
        code: "nb",
        order: DayMonth,
        case: Small,
        months: "januar jan|februar feb|mars mar|april apr|mai|juni jun|juli jul|\
                 august aug|september sep sept|oktober okt|november nov|desember des",
        weekdays: "mandag måndag|tirsdag tysdag|onsdag|torsdag|fredag|lørdag laurdag|\
                   søndag sundag",
        fillers: "den",
        ordinals: "",
        cues: "den",
        ordinary: "jul set pro mar",
    },
    Language {
        code: "fi",
        order: DayMonth,
        case: Small,
        months: "tammikuu* tammi|helmikuu* helmi|maaliskuu* maalis|huhtikuu* huhti|\
                 toukokuu* touko|kesäkuu* kesä|heinäkuu* heinä|elokuu* elo|syyskuu* syys|\
                 lokakuu* loka|marraskuu* marras|joulukuu* joulu",
        weekdays: "maanantai* ma|tiistai* ti|keskiviikko* ke|torstai* to|perjantai* pe|\
                   lauantai* la|sunnuntai* su",
        fillers: "",
        ordinals: "",
        cues: "",
        ordinary: "elo kesä syys maalis loka",
    },
    Language {
        code: "et",
        order: DayMonth,
        case: Small,
        months: "jaanuar* jaan|veebruar* veebr|märts märtsi* märtsil|aprill aprilli* apr|\
                 mai mail mais maini|juuni juunil juunis|juuli juulil juulis|august*|\
                 septemb* sept|oktoob* okt|novemb* nov|detsemb* dets",
        weekdays: "esmaspäev*|teisipäev*|kolmapäev*|neljapäev*|reede*|laupäev*|pühapäev*",
        fillers: "a aasta",
        ordinals: "",
        cues: "",
        ordinary: "mail mais",
    },
    Language {
        code: "lv",
        order: DayMonth,
        case: Small,
        months: "janvāris janvār* janv|februāris februār* febr|marts martā marta|\
                 aprīlis aprīl* apr|maijs maijā maija|jūnijs jūnij* jūn|jūlijs jūlij* jūl|\
                 augusts augustā augusta aug|septembris septembr* sept|oktobris oktobr* okt|\
                 novembris novembr* nov|decembris decembr* dec",
        weekdays: "pirmdien*|otrdien*|trešdien*|ceturtdien*|piektdien*|sestdien*|svētdien*",
        fillers: "gada g",
        ordinals: "",
        cues: "",
        ordinary: "",
    },
    Language {
        code: "lt",
        order: DayMonth,
        case: Small,
        months: "sausis sausio saus|vasaris vasario vas|kovas kovo|balandis balandžio bal|\
                 gegužė gegužės geg|birželis birželio birž|liepa liepos liep|\
                 rugpjūtis rugpjūčio rugp|rugsėjis rugsėjo rugs|spalis spalio|\
                 lapkritis lapkričio lapkr|gruodis gruodžio gruod",
        weekdays: "pirmadien*|antradien*|trečiadien*|ketvirtadien*|penktadien*|šeštadien*|\
                   sekmadien*",
        fillers: "m metų mėn d",
        ordinals: "",
        cues: "",
        ordinary: "liepos bal kovo kovas",
    },
    Language {
        code: "pl",
        order: DayMonth,
        case: Small,
        months: "stycznia styczeń styczniu sty|lutego luty lutym lut|marca marzec marcu mar|\
                 kwietnia kwiecień kwietniu kwi|maja maj maju|czerwca czerwiec czerwcu cze|\
                 lipca lipiec lipcu lip|sierpnia sierpień sierpniu sie|\
                 września wrzesień wrześniu wrz|października październik październiku paź|\
                 listopada listopad listopadzie lis|grudnia grudzień grudniu gru",
        weekdays: "poniedziałek pon|wtorek wt|środa środę śr|czwartek czw|piątek pt|\
                   sobota sobotę sob|niedziela niedzielę niedz",
        fillers: "dnia r",
        ordinals: "",
        cues: "dnia",
        ordinary: "pro set lis",
    },
    Language {
        code: "cs",
        order: DayMonth,
        case: Small,
        months: "ledna leden lednu|února únor únoru|března březen březnu|dubna duben dubnu|\
                 května květen květnu|června červen červnu|července červenec červenci|\
                 srpna srpen srpnu|září|října říjen říjnu|listopadu listopad|\
                 prosince prosinec prosinci",
        weekdays: "pondělí|úterý|středa středu|čtvrtek|pátek|sobota sobotu|neděle neděli",
        fillers: "dne roku",
        ordinals: "",
        cues: "dne",
        ordinary: "pro led",
    },
    Language {
        code: "sk",
        order: DayMonth,
        case: Small,
        months: "januára január januári jan|februára február februári feb|marca marec marci|\
                 apríla apríl apríli apr|mája máj máji|júna jún júni|júla júl júli|\
                 augusta august auguste aug|septembra september septembri sept|\
                 októbra október októbri okt|novembra november novembri nov|\
                 decembra december decembri dec",
        weekdays: "pondelok|utorok|streda stredu|štvrtok|piatok|sobota sobotu|nedeľa nedeľu",
        fillers: "dňa roku",
        ordinals: "",
        cues: "dňa",
        ordinary: "pro set",
    },
    Language {
        code: "sl",
        order: DayMonth,
        case: Small,
        months: "januar januarja januarju jan|februar februarja februarju feb|marec marca marcu|\
                 april aprila aprilu apr|maj maja maju|junij junija juniju jun|\
                 julij julija juliju jul|avgust avgusta avgustu avg|\
                 september septembra septembru sept|oktober oktobra oktobru okt|\
                 november novembra novembru nov|december decembra decembru dec",
        weekdays: "ponedeljek|torek|sreda sredo|četrtek|petek|sobota soboto|nedelja nedeljo",
        fillers: "leta dne",
        ordinals: "",
        cues: "dne",
        ordinary: "pro set",
    },
    Language {
        code: "hr",
        order: DayMonth,
        case: Small,
        months: "siječnja siječanj siječnju|veljače veljača veljači|ožujka ožujak ožujku|\
                 travnja travanj travnju|svibnja svibanj svibnju|lipnja lipanj lipnju|\
                 srpnja srpanj srpnju|kolovoza kolovoz kolovozu|rujna rujan rujnu|\
                 listopada listopad listopadu|studenoga studenog studeni studenom|\
                 prosinca prosinac prosincu",
        weekdays: "ponedjeljak|utorak|srijeda srijedu|četvrtak|petak|subota subotu|\
                   nedjelja nedjelju",
        fillers: "dana godine god",
        ordinals: "",
        cues: "",
        ordinary: "pro set",
    },
    Language {
        code: "hu",
        order: DayMonth,
        case: Small,
        months: "január* jan|február* febr|március* márc|április* ápr|május* máj|június* jún|\
                 július* júl|augusztus* aug|szeptember* szept|október* okt|november* nov|\
                 december* dec",
        weekdays: "hétfő hétfőn|kedd kedden|szerda szerdán|csütörtök csütörtökön|\
                   péntek pénteken|szombat szombaton|vasárnap",
        fillers: "hó év évi",
        ordinals: "én jén án ján i ji e je a ja étől jétől ától ig éig",
        cues: "",
        ordinary: "pro set mar",
    },
    Language {
        code: "ro",
        order: DayMonth,
        case: Small,
        months: "ianuarie ian|februarie feb febr|martie mar|aprilie apr|mai|iunie iun|\
                 iulie iul|august aug|septembrie sept sep|octombrie oct|noiembrie nov|\
                 decembrie dec",
        weekdays: "luni|marți marţi|miercuri|joi|vineri|sâmbătă|duminică",
        fillers: "de din a",
        ordinals: "",
        cues: "",
        ordinary: "mai mar pro led ian",
    },
    Language {
        code: "tr",
        order: DayMonth,
        case: Capital,
        months: "ocak oca|şubat şub|mart|nisan nis|mayıs|haziran haz|temmuz tem|ağustos ağu|\
                 eylül eyl|ekim eki|kasım kas|aralık ara",
        weekdays: "pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar",
        fillers: "",
        ordinals: "",
        cues: "",
        ordinary: "ara ocak kas tem",
    },
    Language {
        code: "az",
        order: DayMonth,
        case: Small,
        months: "yanvar|fevral|mart|aprel|may|iyun|iyul|avqust|sentyabr|oktyabr|noyabr|dekabr",
        weekdays: "bazar_ertəsi|çərşənbə_axşamı|çərşənbə|cümə_axşamı|cümə|şənbə|bazar",
        fillers: "",
        ordinals: "",
        cues: "",
        ordinary: "",
    },
    Language {
        code: "id",
        order: DayMonth,
        case: Capital,
        months: "januari jan|februari feb|maret mar|april apr|mei|juni jun|juli jul|\
                 agustus ags agt|september sep sept|oktober okt|november nov|desember des",
        weekdays: "senin|selasa|rabu|kamis|jumat|sabtu|minggu ahad",
        fillers: "tanggal",
        ordinals: "",
        cues: "",
        ordinary: "set pro",
    },
    Language {
        code: "ms",
        order: DayMonth,
        case: Capital,
        months: "januari jan|februari feb|mac|april apr|mei|jun|julai jul|ogos|september sept|\
                 oktober okt|november nov|disember dis",
        weekdays: "isnin|selasa|rabu|khamis|jumaat|sabtu|ahad",
        fillers: "haribulan hb",
        ordinals: "hb",
        cues: "",
        ordinary: "",
    },
    Language {
        code: "vi",
        order: DayMonth,
        case: Small,
        months: "tháng_giêng tháng_một|tháng_hai|tháng_ba|tháng_tư|tháng_năm|tháng_sáu|\
                 tháng_bảy|tháng_tám|tháng_chín|tháng_mười|tháng_mười_một|tháng_mười_hai",
        weekdays: "thứ_hai|thứ_ba|thứ_tư|thứ_năm|thứ_sáu|thứ_bảy|chủ_nhật",
        fillers: "ngày năm",
        ordinals: "",
        cues: "ngày",
        ordinary: "",
    },
    Language {
        code: "ca",
        order: DayMonth,
        case: Small,
        months: "gener gen|febrer febr|març|abril abr|maig|juny|juliol jul|agost ag|\
                 setembre set|octubre oct|novembre nov|desembre des",
        weekdays: "dilluns|dimarts|dimecres|dijous|divendres|dissabte|diumenge",
        fillers: "el de del d",
        ordinals: "",
        cues: "",
        ordinary: "mar set des",
    },
    Language {
        code: "gl",
        order: DayMonth,
        case: Small,
        months: "xaneiro xan|febreiro feb|marzo mar|abril abr|maio|xuño|xullo|agosto ago|\
                 setembro set|outubro out|novembro nov|decembro dec",
        weekdays: "luns|martes|mércores|xoves|venres|sábado|domingo",
        fillers: "o de do",
        ordinals: "",
        cues: "",
        ordinary: "mar",
    },
    Language {
        code: "is",
        order: DayMonth,
        case: Small,
        months: "janúar jan|febrúar feb|mars|apríl|maí|júní jún|júlí júl|ágúst|september sept|\
                 október okt|nóvember nóv|desember des",
        weekdays: "mánudag*|þriðjudag*|miðvikudag*|fimmtudag*|föstudag*|laugardag*|sunnudag*",
        fillers: "",
        ordinals: "",
        cues: "",
        ordinary: "",
    },
    Language {
        code: "sq",
        order: DayMonth,
        case: Small,
        months: "janar|shkurt|mars|prill|maj|qershor|korrik|gusht|shtator|tetor|nëntor|dhjetor",
        weekdays: "hënë hënën|martë martën|mërkurë mërkurën|enjte enjten|premte premten|\
                   shtunë shtunën|diel dielën",
        fillers: "e",
        ordinals: "",
        cues: "",
        ordinary: "",
    },
];
