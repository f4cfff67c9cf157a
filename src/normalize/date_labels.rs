//! The words beside a date -> whether it is that of publication, of a change, or of something else.

/// What the words beside a date say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// `Published on`.
    Published,
    /// `Last updated`.
    Updated,
    /// `Registered since`, `Deadline`: not the article's date.
    Other,
}

/// What the words before a date say, the nearest to it first; `None` where none of them is known.
pub(super) fn label_before(words: &str) -> Option<Label> {
    let mut best: Option<(usize, usize, Label)> = None;
    let words = words.to_lowercase();
    for (_, published, updated, other) in LABELS {
        for (row, label) in
            [(published, Label::Published), (updated, Label::Updated), (other, Label::Other)]
        {
            for phrase in row.split(',').map(str::trim).filter(|it| !it.is_empty()) {
                let Some(at) = last_place(&words, phrase) else { continue };
                let end = at + phrase.len();
                if best.is_none_or(|(known, length, _)| (end, phrase.len()) > (known, length)) {
                    best = Some((end, phrase.len(), label));
                }
            }
        }
    }
    best.map(|it| it.2)
}

/// Where a phrase stands last, as words of its own.
fn last_place(text: &str, phrase: &str) -> Option<usize> {
    let solid = phrase.chars().any(|c| c > '\u{2e80}');
    text.rmatch_indices(phrase).map(|it| it.0).find(|at| {
        let before = text.get(..*at).and_then(|it| it.chars().next_back());
        let after = text.get(at + phrase.len()..).and_then(|it| it.chars().next());
        let open = |c: Option<char>| c.is_none_or(|c| !c.is_alphabetic());
        solid || open(before) && open(after)
    })
}

/// By language: published, changed, something else. In lower case; commas separate.
static LABELS: &[(&str, &str, &str, &str)] = &[
    (
        "en",
        "published,published on,first published,originally published,publication date,publish date,date published,posted,\
         posted on,posted by,posted in,submitted,submitted on,created,created on,written,released,release date,dated,issued,date,\
         on air,aired,online since,added",
        "updated,last updated,last update,update,modified,last modified,last edited,edited,revised,last revised,last reviewed,\
         reviewed,last changed,changed,upd",
        "joined,registered,member since,since,born,died,deadline,expires,valid until,until,due,event,starts,ends,begins,accessed,\
         retrieved,copyright,comment,commented,next,taken on,photographed,founded,established,est,effective,accepted,received,review,rated",
    ),
    (
        "de",
        "veröffentlicht,veröffentlicht am,veröffentlichung,erstellt,erstellt am,erschienen,erschienen am,publiziert,publiziert am,\
         eingestellt am,geschrieben am,verfasst am,vom,datum,online seit,pressemitteilung vom,gepostet,meldung vom,beitrag vom,artikel vom,\
         freigegeben,gesendet am,eingetragen am,artikel wurde am,beitrag wurde am,eintrag wurde am,text wurde am",
        "aktualisiert,aktualisiert am,zuletzt aktualisiert,letzte aktualisierung,update,geändert,zuletzt geändert,letzte änderung,\
         zuletzt bearbeitet,bearbeitet am,überarbeitet,letztes update,stand",
        "registriert,mitglied seit,seit,geboren,gestorben,bis,gültig bis,abgerufen,abgerufen am,einsendeschluss,anmeldeschluss,\
         bewerbungsschluss,frist,beginn,ende,termin,geb,nächste,aufgenommen am,gegründet,kommentar,dabei seit,beigetreten,bewertung,kundenbewertung,bewertet am,\
         rezension",
    ),
    (
        "fr",
        "publié,publié le,publiée le,publication,mis en ligne,mis en ligne le,posté,posté le,paru,paru le,écrit le,rédigé le,créé le,\
         date de publication,diffusé le",
        "mis à jour,mis à jour le,mise à jour,dernière mise à jour,modifié,modifié le,actualisé,dernière modification",
        "inscrit,membre depuis,depuis,né le,née le,mort le,jusqu'au,consulté le,date limite,fondé",
    ),
    (
        "es",
        "publicado,publicado el,publicada,publicación,fecha de publicación,fecha,creado,escrito,subido,emitido",
        "actualizado,actualizada,actualizado el,última actualización,modificado,última modificación,actualización",
        "registrado,miembro desde,desde,nacido,hasta,consultado,fecha límite,vence,fallecido",
    ),
    (
        "pt",
        "publicado,publicado em,publicada em,publicação,data de publicação,data,postado,postado em,criado em,escrito em",
        "atualizado,atualizada,atualizado em,atualizado há,última atualização,modificado,modificado em,última modificação",
        "registrado,membro desde,desde,nascido,até,acessado em,prazo",
    ),
    (
        "it",
        "pubblicato,pubblicato il,pubblicata,pubblicazione,data di pubblicazione,data,inserito,creato il,scritto il",
        "aggiornato,aggiornato il,ultimo aggiornamento,ultima modifica,modificato,aggiornamento",
        "registrato,membro dal,nato,fino al,consultato,scadenza",
    ),
    (
        "nl",
        "gepubliceerd,gepubliceerd op,geplaatst,geplaatst op,datum,geschreven op,publicatiedatum",
        "bijgewerkt,laatst bijgewerkt,gewijzigd,laatste update,update,aangepast,laatst gewijzigd",
        "lid sinds,sinds,geboren,tot,geraadpleegd",
    ),
    (
        "sv",
        "publicerad,publicerades,publicerat,skapad,datum,upplagd",
        "uppdaterad,uppdaterades,senast uppdaterad,ändrad,senast ändrad",
        "medlem sedan,född,sedan",
    ),
    (
        "da",
        "publiceret,udgivet,offentliggjort,oprettet,dato,skrevet",
        "opdateret,sidst opdateret,ændret,sidst ændret",
        "medlem siden,født,siden",
    ),
    (
        "nb",
        "publisert,publisert den,lagt ut,opprettet,dato",
        "oppdatert,sist oppdatert,endret,sist endret",
        "medlem siden,født,siden",
    ),
    (
        "fi",
        "julkaistu,kirjoitettu,luotu,päiväys",
        "päivitetty,viimeksi päivitetty,muokattu",
        "jäsen,syntynyt",
    ),
    ("is", "birt,útgefið", "uppfært,breytt", "fæddur"),
    ("et", "avaldatud,lisatud,loodud", "uuendatud,muudetud,viimati muudetud", "sündinud"),
    ("lv", "publicēts,publicēta,pievienots", "atjaunots,atjaunināts,labots", "dzimis"),
    ("lt", "paskelbta,publikuota,įkelta,sukurta", "atnaujinta,pakeista,redaguota", "gimė"),
    (
        "pl",
        "opublikowano,opublikowany,data publikacji,publikacja,dodano,dodane,utworzono,data",
        "aktualizacja,zaktualizowano,ostatnia aktualizacja,zmodyfikowano,ostatnia modyfikacja",
        "dołączył,zarejestrowany,urodzony,od,do",
    ),
    (
        "cs",
        "publikováno,vydáno,zveřejněno,vytvořeno,vloženo,datum",
        "aktualizováno,upraveno,naposledy upraveno,poslední aktualizace",
        "narozen,registrován,do",
    ),
    (
        "sk",
        "publikované,zverejnené,vydané,pridané,vytvorené,dátum",
        "aktualizované,upravené,naposledy upravené",
        "narodený,registrovaný",
    ),
    ("sl", "objavljeno,datum objave,datum", "posodobljeno,spremenjeno,zadnja sprememba", "rojen"),
    (
        "hr",
        "objavljeno,objavljeno dana,datum objave,datum",
        "ažurirano,izmijenjeno,zadnja izmjena,zadnja promjena",
        "rođen",
    ),
    (
        "sr",
        "objavljeno,objavljen,објављено,датум,објављен",
        "ažurirano,ажурирано,измењено,izmenjeno",
        "рођен,rođen",
    ),
    ("bs", "objavljeno", "ažurirano", ""),
    (
        "hu",
        "megjelent,közzétéve,publikálva,létrehozva,feltöltve,dátum,közzététel",
        "frissítve,módosítva,utoljára frissítve,utolsó frissítés",
        "született,regisztrált",
    ),
    (
        "ro",
        "publicat,publicat la,publicat pe,publicat în,data publicării,data,postat,creat",
        "actualizat,ultima actualizare,modificat,ultima modificare",
        "născut,membru din",
    ),
    (
        "tr",
        "yayınlanma,yayınlanma tarihi,yayın tarihi,yayınlandı,yayın,yayınlama,giriş,giriş tarihi,oluşturulma,oluşturma,eklenme,eklenme tarihi,haber giriş,tarih,ilk yayın",
        "güncelleme,güncellenme,güncelleme tarihi,son güncelleme,güncellendi",
        "üyelik,doğum,son başvuru,kayıt tarihi",
    ),
    (
        "el",
        "δημοσίευση,δημοσιεύτηκε,δημοσιεύθηκε,ημερομηνία,ημ. δημοσίευσης,ανάρτηση,αναρτήθηκε",
        "ενημέρωση,τελευταία ενημέρωση,ενημερώθηκε,τροποποίηση",
        "μέλος από,γέννηση",
    ),
    (
        "ru",
        "опубликовано,опубликован,опубликована,дата публикации,публикация,размещено,добавлено,создано,дата,от",
        "обновлено,обновлён,обновлен,изменено,последнее обновление,редактировано,отредактировано,дата обновления",
        "зарегистрирован,регистрация,родился,с нами с,до,дата регистрации",
    ),
    (
        "uk",
        "опубліковано,дата публікації,розміщено,додано,створено,дата,публікація",
        "оновлено,змінено,останнє оновлення,відредаговано",
        "зареєстрований,народився",
    ),
    ("be", "апублікавана,надрукавана", "абноўлена", ""),
    (
        "bg",
        "публикувана,публикувано,публикуван,публикувано на,дата,създадено",
        "обновена,обновено,актуализирана,последна промяна,последна актуализация",
        "роден,регистриран",
    ),
    ("mk", "објавено,датум", "ажурирано,изменето", ""),
    (
        "ca",
        "publicat,publicat el,data de publicació",
        "actualitzat,última actualització,modificat",
        "nascut",
    ),
    ("gl", "publicado", "actualizado", ""),
    ("eu", "argitaratua,argitaratze data", "eguneratua", ""),
    (
        "id",
        "diterbitkan,dipublikasikan,tayang,terbit,dipublish,tanggal,diposting",
        "diperbarui,update,terakhir diperbarui,diupdate",
        "bergabung,lahir",
    ),
    ("ms", "diterbitkan,disiarkan,tarikh", "dikemaskini,kemas kini", "lahir"),
    (
        "vi",
        "ngày đăng,đăng ngày,đăng lúc,xuất bản,ngày xuất bản,thứ",
        "cập nhật,cập nhật lúc,cập nhật lần cuối",
        "tham gia,sinh ngày",
    ),
    ("th", "เผยแพร่,เผยแพร่เมื่อ,วันที่,โพสต์เมื่อ", "อัปเดต,ปรับปรุงล่าสุด,แก้ไข", "เกิด"),
    (
        "ar",
        "نشر,نشر في,تاريخ النشر,نُشر,تم النشر,آخر نشر",
        "تحديث,آخر تحديث,اخر تحديث,تم التحديث",
        "انضم,ولد",
    ),
    ("fa", "انتشار,تاریخ انتشار,منتشر شده,تاریخ", "به‌روزرسانی,بروزرسانی,آخرین به‌روزرسانی", "عضویت"),
    ("he", "פורסם,פורסם ב,תאריך פרסום,תאריך", "עודכן,עדכון אחרון,עודכן ב", "נולד"),
    ("hi", "प्रकाशित,प्रकाशन तिथि,प्रकाशित तिथि,पोस्ट", "अपडेट,अपडेटेड,अद्यतन,संशोधित", "जन्म"),
    ("bn", "প্রকাশ,প্রকাশিত,প্রকাশের তারিখ", "আপডেট,হালনাগাদ,সর্বশেষ আপডেট", "জন্ম"),
    ("ur", "شائع,اشاعت", "اپ ڈیٹ", ""),
    ("ta", "வெளியிடப்பட்டது,பதிவு", "புதுப்பிக்கப்பட்டது", ""),
    ("sw", "ilichapishwa,imechapishwa", "imesasishwa", ""),
    (
        "zh",
        "发布时间,发布日期,发布于,发表于,发表时间,发布,发表,日期,时间,發佈,發布,發表,刊登,刊出,上架",
        "更新时间,更新,最后更新,更新於,更新日期,修改,最後更新",
        "注册,注册时间,出生,截止,加入",
    ),
    (
        "ja",
        "公開,公開日,公開日時,配信,配信日,掲載,掲載日,投稿,投稿日,作成日,発表日,初出,登録日",
        "更新,最終更新,更新日,更新日時,最終更新日",
        "登録,生年月日,締切,期限",
    ),
    (
        "ko",
        "입력,등록,등록일,작성일,게시,게시일,발행,발행일,승인,기사입력,송고,작성",
        "수정,최종수정,업데이트,최종 수정,수정일",
        "가입,출생,마감",
    ),
];

#[cfg(test)]
mod tests {
    use super::{LABELS, Label, label_before};

    #[test]
    fn the_nearest_word_decides() {
        for (words, label) in [
            ("Published on ", Some(Label::Published)),
            ("Published 3 May, last updated ", Some(Label::Updated)),
            ("Mis à jour le ", Some(Label::Updated)),
            ("Publié à Paris le ", Some(Label::Published)),
            ("最后更新：", Some(Label::Updated)),
            ("Mitglied seit ", Some(Label::Other)),
            ("Undated ", None),
            ("Harbour news, ", None),
        ] {
            assert_eq!(label_before(words), label, "{words}");
        }
    }

    #[test]
    fn enough_languages() {
        assert!(LABELS.len() >= 40);
    }
}
