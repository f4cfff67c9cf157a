//! The words of lines that sign and date an article -> what each says, in many languages: tables.

use std::collections::HashMap;
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;

/// What a word says in a line of credits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// `Published`, `um`, `Uhr`.
    Published,
    /// `Updated`.
    Updated,
    /// `read`, `Minuten`: how long it takes to read, how many comments there are.
    Counted,
    /// `share`, `print`: what a page offers.
    Offered,
    /// `sport`, `news`: the name of a part of a paper, never that of a person.
    Section,
}

/// What a word in lower case says.
pub(super) fn word(folded: &str) -> Option<Word> {
    BY_WORD.get(folded).copied()
}

/// By language: words beside a date of publication, words beside a date of change, words that are
/// counted (minutes, comments), words of what a page offers, names of sections.
static WORDS: &[(&str, &str, &str, &str, &str, &str)] = &[
    (
        "en",
        "published on at date dated posted created first publication time by am pm a.m p.m from filed issued original \
         originally released",
        "updated update modified last edited revised",
        "min mins minute minutes hour hours day days week weeks month months ago read reading comment comments view \
         views shares likes text size small medium large font page pages",
        "share print email e-mail save listen bookmark follow us copy link url short get article reprints order \
         facebook twitter whatsapp linkedin telegram reddit pinterest tweet post pin buffer me via this with to \
         leave a comment add source updates powered advertisement",
        "news world politics political business sport sports opinion editorial culture life style lifestyle health \
         science technology tech local national international finance markets economy entertainment arts travel \
         food weather breaking latest exclusive analysis commentary review reviews feature features video videos \
         gallery photo photos image images home story stories top press release new press-release magazine media \
         focus day week today letters market money property education environment climate crime court courts us uk \
         eu america europe asia africa middle east north south west summit series part chapter live archive archives \
         company companies group ltd inc corp bureau office service services network online web digital desk team \
         staff agencies wires times post herald tribune gazette daily journal club united city town state county \
         university school college hospital council government ministry party association federation league cup \
         championship premier results tables prices report reports index bank exchange street road party los las \
         san hong sao são saint st cape tel buenos great free general public social best how why what who when \
         where first last next more about after before under over and the of for in with without from by",
    ),
    (
        "de",
        "veröffentlicht publiziert am um uhr vom stand datum erschienen den erstellt erstveröffentlichung zuerst \
         ausgabe",
        "aktualisiert zuletzt geändert aktualisierung",
        "lesezeit lesedauer minute minuten min kommentar kommentare stunden stunde tag tage tagen vor seite bilder",
        "teilen drucken merken artikel anhören vorlesen als mail link kopieren quelle fotostrecke öffnen",
        "wirtschaft politik kultur sport meinung leben wissen panorama ausland inland region lokales nachrichten \
         gesellschaft technik gesundheit reise wetter medien feuilleton analyse reportage titel zeitung neue neuer \
         neues alte erste stadt bundesliga agenturen redaktion",
    ),
    (
        "fr",
        "publié publiée le à h date posté mis en ligne paru",
        "mis à jour modifié modifiée actualisé mise",
        "temps de lecture minute minutes min commentaires réactions il y a heures jours",
        "partager imprimer écouter copier lien source abonné réservé aux abonnés",
        "politique économie société sport culture monde international actualité actualités opinion tribune france \
         région sciences santé médias nouvelle nouveau grande grand rédaction",
    ),
    (
        "es",
        "publicado publicada el a las h fecha de publicación hs horas creado",
        "actualizado actualizada modificado actualización",
        "minutos minuto min lectura de tiempo comentarios hace días",
        "compartir imprimir escuchar guardar comentar fuente copiar enlace",
        "política economía sociedad deportes cultura mundo internacional opinión noticias nacional ciencia salud \
         nueva nuevo buenos real redacción",
    ),
    (
        "pt",
        "publicado publicada em às h data de publicação criado",
        "atualizado atualizada atualização modificado",
        "minutos min leitura de tempo comentários há",
        "compartilhar partilhar imprimir ouvir salvar fonte",
        "política economia sociedade esportes desporto cultura mundo internacional opinião notícias brasil ciência \
         saúde nova novo redação",
    ),
    (
        "it",
        "pubblicato pubblicata il alle ore data",
        "aggiornato aggiornata modifica modificato aggiornamento ultima",
        "minuti min di lettura tempo commenti",
        "condividi stampa ascolta salva fonte",
        "politica economia società sport cultura mondo esteri cronaca opinioni notizie scienza salute nuova nuovo \
         redazione",
    ),
    (
        "nl",
        "gepubliceerd op om geplaatst datum uur",
        "bijgewerkt laatst gewijzigd update",
        "minuten min leestijd reacties",
        "delen afdrukken bewaar luister bron",
        "nieuws binnenland buitenland politiek economie sport cultuur opinie wetenschap gezondheid nieuwe redactie",
    ),
    (
        "sv",
        "publicerad publicerat kl den datum",
        "uppdaterad uppdaterat senast",
        "minuter min läsning lästid kommentarer",
        "dela skriv ut spara lyssna källa",
        "nyheter inrikes utrikes ekonomi sport kultur debatt ledare nöje nya redaktionen",
    ),
    (
        "da",
        "publiceret udgivet offentliggjort kl den d dato",
        "opdateret senest ændret",
        "minutter min læsetid kommentarer",
        "del udskriv gem lyt kilde",
        "nyheder indland udland politik økonomi sport kultur debat nye redaktionen",
    ),
    (
        "nb",
        "publisert kl den dato",
        "oppdatert sist endret",
        "minutter min lesetid kommentarer",
        "del skriv ut lagre lytt kilde",
        "nyheter innenriks utenriks politikk økonomi sport kultur debatt nye redaksjonen",
    ),
    (
        "fi",
        "julkaistu klo pvm",
        "päivitetty muokattu",
        "min minuuttia lukuaika kommenttia",
        "jaa tulosta tallenna kuuntele lähde",
        "uutiset kotimaa ulkomaat politiikka talous urheilu kulttuuri mielipide uusi toimitus",
    ),
    (
        "is",
        "birt kl",
        "uppfært",
        "mínútur",
        "deila prenta",
        "innlent erlent íþróttir viðskipti menning fréttir",
    ),
    (
        "pl",
        "opublikowano data publikacji dodano godz r dnia utworzono",
        "aktualizacja zaktualizowano ostatnia",
        "minut minuty min czytania czas komentarze komentarzy",
        "udostępnij drukuj zapisz źródło",
        "wiadomości kraj świat polityka gospodarka sport kultura opinie nauka zdrowie nowa nowy redakcja",
    ),
    (
        "cs",
        "publikováno vydáno dne vyšlo",
        "aktualizováno upraveno",
        "minut minuty min čtení komentáře diskuse",
        "sdílet tisk uložit zdroj",
        "zprávy domácí zahraničí politika ekonomika sport kultura názory nová nový redakce",
    ),
    (
        "sk",
        "publikované zverejnené dňa",
        "aktualizované upravené",
        "minút min čítania komentáre",
        "zdieľať tlačiť zdroj",
        "správy domáce zahraničie politika ekonomika šport kultúra redakcia",
    ),
    (
        "hu",
        "megjelent közzétéve",
        "frissítve frissült",
        "perc olvasás komment",
        "megosztás nyomtatás forrás",
        "hírek belföld külföld gazdaság sport kultúra vélemény szerkesztőség",
    ),
    (
        "ro",
        "publicat publicată la data ora în",
        "actualizat actualizată modificat",
        "minute min citire comentarii",
        "distribuie printează sursa",
        "știri politică economie sport cultură externe opinii redacția",
    ),
    (
        "tr",
        "yayınlanma tarihi tarih giriş yayın",
        "güncelleme güncellenme güncellendi son",
        "dakika dk okuma yorum",
        "paylaş yazdır kaydet kaynak",
        "haberler gündem dünya siyaset ekonomi spor kültür yeni",
    ),
    (
        "lt",
        "paskelbta",
        "atnaujinta",
        "min",
        "dalintis",
        "nuomonės naujienos lietuvoje pasaulyje sportas verslas kultūra",
    ),
    (
        "ru",
        "опубликовано дата публикации в г года мск от выпуск",
        "обновлено изменено обновлён",
        "минут минуты мин чтения комментарии комментариев просмотров",
        "поделиться печать сохранить источник",
        "новости политика экономика общество спорт культура мир россия газета мнения наука стр редакция",
    ),
    (
        "uk",
        "опубліковано дата публікації о р року від",
        "оновлено змінено",
        "хвилин хв читання коментарі",
        "поділитися друк джерело",
        "новини політика економіка суспільство спорт культура світ україна газета думка редакція",
    ),
    (
        "bg",
        "публикувано на дата г ч",
        "обновено",
        "минути мин коментара коментари",
        "сподели печат източник",
        "новини политика икономика спорт култура свят българия",
    ),
    (
        "hr",
        "objavljeno u sati h dana",
        "ažurirano zadnja izmjena",
        "min minuta čitanja komentara",
        "podijeli ispiši izvor",
        "vijesti politika gospodarstvo sport kultura svijet",
    ),
    (
        "sr",
        "објављено у",
        "ажурирано",
        "мин коментара",
        "подели извор",
        "вести политика економија спорт култура свет",
    ),
    (
        "sl",
        "objavljeno ob",
        "posodobljeno",
        "min branja komentarjev",
        "deli natisni vir",
        "novice slovenija svet politika gospodarstvo šport kultura",
    ),
    (
        "el",
        "δημοσιεύτηκε δημοσίευση στις ημερομηνία",
        "ενημερώθηκε ενημέρωση τελευταία",
        "λεπτά σχόλια",
        "κοινοποίηση εκτύπωση πηγή",
        "ειδήσεις πολιτική οικονομία κόσμος αθλητικά πολιτισμός",
    ),
    (
        "id",
        "diterbitkan pada tanggal wib terbit tayang",
        "diperbarui",
        "menit baca komentar",
        "bagikan cetak sumber",
        "berita politik ekonomi olahraga budaya dunia nasional",
    ),
    (
        "vi",
        "ngày lúc đăng giờ",
        "cập nhật",
        "phút bình luận",
        "chia sẻ in nguồn",
        "tin tức thế giới kinh tế thể thao văn hóa pháp luật",
    ),
    (
        "zh",
        "发布时间 发布 时间 日期 发表于 发布于",
        "更新时间 更新 更新于",
        "评论 阅读 字号",
        "分享 打印 收藏 来源",
        "新闻 国内 国际 财经 体育 社会",
    ),
    (
        "ja",
        "公開 公開日 配信 掲載 投稿日",
        "更新 最終更新",
        "コメント 件",
        "印刷する シェアする メール list 印刷 保存 出典",
        "ニュース 国内 国際 経済 スポーツ 社会 デジタル",
    ),
    (
        "ko",
        "입력 등록 게재",
        "수정 최종수정",
        "댓글 분",
        "공유 인쇄 출처",
        "뉴스 정치 경제 사회 국제 스포츠 문화",
    ),
    (
        "ar",
        "نشر تاريخ النشر في يوم",
        "تحديث آخر",
        "دقائق دقيقة قراءة تعليق",
        "مشاركة طباعة المصدر",
        "أخبار سياسة اقتصاد رياضة ثقافة العالم",
    ),
    ("he", "פורסם בתאריך", "עודכן", "דקות תגובות", "שתף הדפסה מקור", "חדשות"),
    ("fa", "انتشار تاریخ", "بروزرسانی", "دقیقه نظر", "منبع", "اخبار"),
    ("hi", "प्रकाशित", "अपडेट अद्यतन", "मिनट", "साझा स्रोत", "समाचार"),
];

type ByWord = HashMap<&'static str, Word, FxBuildHasher>;

/// A word that several columns have counts for the first of them.
static BY_WORD: LazyLock<ByWord> = LazyLock::new(|| {
    let mut map = ByWord::default();
    for column in [Word::Updated, Word::Published, Word::Counted, Word::Offered, Word::Section] {
        for (_, published, updated, counted, offered, sections) in WORDS {
            let row = match column {
                Word::Published => published,
                Word::Updated => updated,
                Word::Counted => counted,
                Word::Offered => offered,
                Word::Section => sections,
            };
            for word in row.split_whitespace() {
                map.entry(word).or_insert(column);
            }
        }
    }
    map
});
