//! The class, id and role of an element -> what they say it is: tables of words, and a set of flags.

use std::collections::HashMap;
use std::sync::LazyLock;

use dom_query::Element;
use rustc_hash::FxBuildHasher;

use super::meta::attribute;
use super::outline::Tag;

/// A set of what an element is said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Marks(u32);

impl Marks {
    /// Comments of readers.
    pub(super) const COMMENTS: Self = Self(1);
    /// Links to other articles.
    pub(super) const RELATED: Self = Self(1 << 1);
    /// Buttons to share, follow, print, subscribe.
    pub(super) const SHARE: Self = Self(1 << 2);
    /// Newsletter, advertisement, pay wall, cookies.
    pub(super) const PROMOTION: Self = Self(1 << 3);
    /// A column beside the article, or a box in it.
    pub(super) const SIDE: Self = Self(1 << 4);
    /// Menus, breadcrumbs, pages.
    pub(super) const MENU: Self = Self(1 << 5);
    /// The end of the page.
    pub(super) const FOOTER: Self = Self(1 << 6);
    /// The words under a picture, and who took it.
    pub(super) const CAPTION: Self = Self(1 << 7);
    /// Byline, date, tags: what is said about the article.
    pub(super) const META: Self = Self(1 << 8);
    /// A date.
    pub(super) const DATE: Self = Self(1 << 9);
    /// A headline.
    pub(super) const TITLE: Self = Self(1 << 10);
    /// The text of an article.
    pub(super) const BODY: Self = Self(1 << 11);
    /// Not shown.
    pub(super) const HIDDEN: Self = Self(1 << 12);
    /// One of several articles, in short.
    pub(super) const TEASER: Self = Self(1 << 13);
    /// When it was changed.
    pub(super) const UPDATED: Self = Self(1 << 14);
    /// A standfirst.
    pub(super) const DECK: Self = Self(1 << 15);
    /// Something that holds an article and what belongs to it.
    pub(super) const HOLDER: Self = Self(1 << 16);
    /// When something happens that is announced.
    pub(super) const EVENT: Self = Self(1 << 17);

    /// Parts of a page that are not about its article.
    pub(super) const APART: Self = Self(
        Self::COMMENTS.0
            | Self::RELATED.0
            | Self::PROMOTION.0
            | Self::MENU.0
            | Self::FOOTER.0
            | Self::TEASER.0,
    );

    /// All flags of both.
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The flags without those of the other.
    pub(super) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether it has one of these flags.
    pub(super) fn any(self, flags: Self) -> bool {
        self.0 & flags.0 != 0
    }
}

/// What an element says of itself.
pub(super) fn of(element: &Element, tag: Tag) -> Marks {
    // A class of the whole page says nothing about its parts.
    if matches!(tag, Tag::Root | Tag::Body) {
        return Marks::default();
    }
    let by_tag = [
        (Tag::Nav, Marks::MENU),
        (Tag::Footer, Marks::FOOTER),
        (Tag::Aside, Marks::SIDE),
        (Tag::Caption, Marks::CAPTION),
    ];
    let mut marks = by_tag.iter().find(|row| row.0 == tag).map(|row| row.1).unwrap_or_default();
    // What is shown once the page has loaded (`<div hidden id="S:0">`) is not hidden from its readers.
    let streamed = attribute(element, "id").is_some_and(|id| id.starts_with("S:"));
    // The classes of a `WordPress` article name what it is about.
    let is_post = attribute(element, "class")
        .is_some_and(|it| it.split_whitespace().any(|class| POSTS.contains(&class)));
    for attr in &element.attrs {
        let value: &str = &attr.value;
        match &*attr.name.local {
            "class" | "id" | "data-testid" | "data-component" => {
                for class in value.split_whitespace().take(MOST_CLASSES) {
                    if !(is_post && TOPICS.iter().any(|topic| class.starts_with(topic))) {
                        marks = marks.and(of_class(class));
                    }
                }
            }
            "itemprop" => {
                for (name, flags) in PROPERTIES {
                    if value.split_whitespace().any(|it| it.eq_ignore_ascii_case(name)) {
                        marks = marks.and(*flags);
                    }
                }
            }
            "hidden" if !streamed => marks = marks.and(Marks::HIDDEN),
            "style" if is_hidden(value) => marks = marks.and(Marks::HIDDEN),
            "role" => {
                for (name, flags) in ROLES {
                    if value.eq_ignore_ascii_case(name) {
                        marks = marks.and(*flags);
                    }
                }
            }
            _ => {}
        }
    }
    if tag == Tag::Main || attribute(element, "role") == Some("main") {
        marks = marks.without(Marks::APART.and(Marks::SIDE));
    }
    marks
}

/// Classes that an article has in `WordPress`, and beginnings of others that say what it is about.
static POSTS: &[&str] = &["hentry", "type-post", "type-page", "post_format-post-format-standard"];
static TOPICS: &[&str] = &["tag-", "category-", "topic-", "author-", "has-"];

/// More classes an element has not.
const MOST_CLASSES: usize = 24;
/// A longer class is made by a program and says nothing.
const LONGEST_CLASS: usize = 80;

fn is_hidden(style: &str) -> bool {
    let style = style.split_once("display").map(|(_, rest)| rest.trim_start());
    style.and_then(|it| it.strip_prefix(':')).is_some_and(|it| it.trim_start().starts_with("none"))
}

static PROPERTIES: &[(&str, Marks)] = &[
    ("articleBody", Marks::BODY),
    ("datePublished", Marks::DATE),
    ("dateModified", Marks(Marks::DATE.0 | Marks::UPDATED.0)),
    ("headline", Marks::TITLE),
    ("author", Marks::META),
    ("caption", Marks::CAPTION),
    ("keywords", Marks::META),
];

static ROLES: &[(&str, Marks)] = &[
    ("navigation", Marks::MENU),
    ("complementary", Marks::SIDE),
    ("contentinfo", Marks::FOOTER),
    ("search", Marks::MENU),
    ("dialog", Marks::PROMOTION),
    ("alertdialog", Marks::PROMOTION),
];

type Words = HashMap<&'static str, Marks, FxBuildHasher>;

/// The words by themselves, and pairs of words without what joins them.
static BY_WORD: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words::default();
    for (flags, row) in WORDS {
        for word in row.split_whitespace() {
            let known = words.entry(word).or_default();
            *known = known.and(*flags);
        }
    }
    words
});

/// What a class says: its words, told apart by hyphens, underscores and capitals, and each two of them.
fn of_class(class: &str) -> Marks {
    if class.len() > LONGEST_CLASS || !class.is_ascii() {
        return Marks::default();
    }
    let mut marks = Marks::default();
    let mut plain = String::with_capacity(class.len());
    // Where the word before last, the last and this one begin.
    let mut starts = [0usize; 3];
    let mut words = 0;
    let mut before = b'-';
    let mut negated = false;
    let look = |plain: &str, starts: &[usize; 3], words: usize, marks: &mut Marks| {
        // `sidebar2` is one of several.
        let of = |from: usize| {
            let word = plain.get(from..)?;
            let counted = || BY_WORD.get(word.trim_end_matches(|c: char| c.is_ascii_digit()));
            BY_WORD.get(word).or_else(counted).copied()
        };
        for start in starts.iter().rev().take(words.min(3)) {
            *marks = marks.and(of(*start).unwrap_or_default());
        }
    };
    for byte in class.bytes().chain(std::iter::once(b'-')) {
        let is_word = byte.is_ascii_alphanumeric();
        let begins = is_word
            && (!before.is_ascii_alphanumeric()
                || byte.is_ascii_uppercase() && before.is_ascii_lowercase());
        let ends = before.is_ascii_alphanumeric() && (!is_word || begins);
        if ends {
            let word = plain.get(starts[2]..).unwrap_or_default();
            if words == 1 && NEGATIONS.contains(&word) {
                negated = true;
            }
            if !negated {
                look(&plain, &starts, words, &mut marks);
            }
        }
        if begins {
            starts = [starts[1], starts[2], plain.len()];
            words += 1;
        }
        if is_word {
            plain.push(byte.to_ascii_lowercase() as char);
        }
        before = byte;
    }
    // `overflow-hidden` hides nothing.
    let hides = BY_WORD.get(plain.as_str()).is_some_and(|it| it.any(Marks::HIDDEN));
    if hides { marks } else { marks.without(Marks::HIDDEN) }
}

/// Beginnings of classes that say what an element has or has not, not what it is.
static NEGATIONS: &[&str] = &[
    "has", "no", "not", "with", "without", "is", "hide", "show", "js", "u", "open", "col", "grid",
];

/// Words of class names and what they say, a row a kind. Two and three words that stand side by side are
/// written as one.
static WORDS: &[(Marks, &str)] = &[
    (
        Marks::COMMENTS,
        "comment comments commentlist commentsarea commentbox commentform respond disqus kommentare kommentar \
         commentaires comentarios comentario commenti reacties komentarze commentcount replies reply feedback \
         discussion diskussion leserkommentare leserbriefe fbcomments livefyre usercomments",
    ),
    (
        Marks::RELATED,
        "related relatedposts relatedarticles relatedcontent relatedstories relatednews relateds similar \
         recommended recommendation recommendations recommend recirc recirculation readmore readalso readnext \
         moreon morefrom morestories morenews morearticles youmaylike mayalsolike alsolike seealso mostread mostpopular \
         mostviewed popular popularposts popularnews trending trends latest latestnews latestposts recentposts recentnews \
         nextpost prevpost nextarticle previouspost postnavigation postnav postsnavigation outbrain taboola \
         plista ligatus zergnet mgid revcontent verwandte aehnliche weitere weiterlesen weiterfuehrend \
         relacionados relacionadas relacionado relacionada notasrelacionadas correlati correlate \
         similaires alire lireaussi leetambien leatambien vertambien leiatambem vejatambem leggianche lisezaussi leesook lesmer lasmer lesogsa czytajtakze suggested suggestions jprelatedposts \
         yarpp crp upnext uptonext editorspicks editorpicks topstories topnews toplesen internallinks linklist \
         linkbox linkliste textlinks inlinerelated inlinelinks furtherreading morelikethis articlelist postlist newslist",
    ),
    (
        Marks::SHARE,
        "share shares sharing sharebar sharebuttons sharetools sharelinks sharebox shareicons socialshare sharedaddy \
         social socialmedia socials sociallinks socialicons socialbar addthis addtoany a2a shariff follow followus \
         followbox heateor ssba essb sharethis teilen compartir partager condividi deel toolbar tools \
         articletools articleactions actionbar bookmark bookmarks print printbutton savearticle \
         whatsapp facebook twitter telegram pinterest likes likebutton rating ratings vote voting",
    ),
    (
        Marks::PROMOTION,
        "newsletter newsletters newslettersignup nlsignup subscribe subscription subscribebox subscriber subscribers \
         subscriptions signup optin mailinglist mailchimp emailsignup promo promos promobox promotion promotions \
         advert adverts advertisement advertisements advertising advertisment advertorial ad ads adbox adslot adunit \
         adcontainer adwrapper adsense adsbygoogle banner banners anzeige anzeigen werbung publicite publicidad pubblicita \
         sponsor sponsored sponsors cookie cookies cookiebanner consent gdpr paywallbox regwall modal popup \
         popover popmake pum capping overlay lightbox interstitial donate donation spenden spendenaufruf supportus cta calltoaction \
         membership appbanner appdownload affiliate affiliates gewinnspiel disclaimer loginbox login register \
         registration shop cart buybox marketing onetrust ot cookielaw cookielawinfo cookienotice cookiepolicy privacy privacypolicy cmp ccpa cli cky didomi usercentrics cookiebot truste teaserad skyscraper leaderboard dfp gpt criteo",
    ),
    (
        Marks::SIDE,
        "sidebar sidebars rightbar leftbar rightcolumn leftcolumn rightcol leftcol rail rightrail sidecolumn sidecol \
         marginal marginalspalte seitenleiste secondary aside infobox factbox faktenbox widget widgets \
         widgetarea wpwidget widgetrss rsswidget rsssummary pullquote tableofcontents toc tocwidget inhaltsverzeichnis ezToc eztoc",
    ),
    (
        Marks::MENU,
        "nav navi navbar navigation subnav mainnav topnav navmenu menu menus mainmenu submenu breadcrumb breadcrumbs \
         breadcrump breadcrumbtrail pagination pager paginator pagenav pagenavi pagelinks skiplink skiplinks \
         skip offcanvas dropdown topbar masthead siteheader pageheader search searchform searchbox \
         languages langswitcher languageswitcher hamburger tabs tablist archivelist blogarchive hierarchy \
         calendar wpcalendar kalender",
    ),
    (
        Marks::FOOTER,
        "footer sitefooter pagefooter globalfooter mainfooter bottombar colophon copyright copyrights imprint impressum \
         siteinfo legal licenceinfo licenseinfo postmetadata footerwrap footerwrapper footerwidgets",
    ),
    (
        Marks::CAPTION,
        "caption captions wpcaption wpcaptiontext imagecaption piccaption photocaption mediacaption credit credits \
         imagecredit photocredit piccredit bildunterschrift imgdescription bilddescription bildtext bildnachweis legende imgcaption figcaption \
         galleryccaption gallerycaption copyrighttext fotocredit imagecopyright photographer fotograf slideshow \
         imagedescription imagedesc imageinfo imgdesc imgtext fototext fotoinfo photodesc photoinfo picturecaption icaption \
         didascalia leyenda epigrafe piefoto bilduntertitel imagesubtitle mediadescription \
         gallery galerie imagegallery lightboxgallery carousel slider swiper slick",
    ),
    (
        Marks::META,
        "byline bylines meta metadata postmeta entrymeta articlemeta postinfo postinfos articleinfo articleinfos articleinformation \
         author authors authorbox authorbio authorinfo authorname authorcard authorprofile aboutauthor abouttheauthor \
         bio biography autor autoren autorbox autorenbox contributor contributors tags tag taglist tagcloud tagslist \
         posttags articletags entrytags keywords keyword topics topiclist categories category catlinks postcategories \
         schlagworte schlagwort etiquetas themen dateline timestamp dachzeile kicker eyebrow overline \
         rubrik readingtime readtime lesezeit entryfooter postfooter articlefooter entryutility infoline vcard \
         sourceline bylinebox userinfo userprofile avatar views viewcount postviews breadcrumbdate",
    ),
    (
        Marks::DATE,
        "date dates datetime dateline pubdate publishdate publisheddate publishedat published publishedon publication \
         publicationdate publishtime publishedtime pubtime posttime postdate posttimestamp postedon posted entrydate articledate articletime \
         newsdate newstime datepublished timestamp time datum fecha fechapublicacion \
         fechahora data dataora dato datomerke pvm tarih data-publicacao datapublicacao createdate createddate created \
         creationdate submitted dateposted dateheader datecreated updated updatedate updatedat lastupdated modified lastmodified datemodified \
         modifieddate storydate storytime metadate metatime dateandtime dateinfo blogdate itemdate dategris contentdate headerdate \
         articlepublished artdate pubd fechanota fechapub publicado pubblicato veroffentlicht veroeffentlicht veroeffentlichungsdatum erstellt byttl",
    ),
    (
        Marks::UPDATED,
        "updated updatedate updatedat lastupdated lastupdate modified lastmodified datemodified modifieddate aktualisiert \
         actualizado misajour aggiornato atualizado",
    ),
    (
        Marks::TITLE,
        "headline entrytitle articletitle posttitle pagetitle storytitle newstitle headlinetitle articleheadline \
         storyheadline mainheadline titlepost contenttitle contentheading titulo titre titel title",
    ),
    (
        Marks::BODY,
        "articlebody articletext articlecontent articlecontents articlecopy articledetail articlemain articlebodytext \
         bodytext bodycontent bodycopy contentbody contenttext entrycontent entrybody entrytext postbody postcontent \
         posttext postentry postarticle storybody storycontent storytext storycopy maintext newstext newsbody newscontent \
         newsdetail fulltext fieldnamebody fieldbody richtext textbody textcontent texto cuerpo cuerponota \
         cuerponoticia testo artikeltext artikelinhalt artikelbody beitragstext blogcontent blogpost singlecontent \
         singlepostcontent pagecontent wpblockpostcontent wysiwyg prose paragraphs articleparagraphs content__body \
         bodyarticle readcontent newsarticle contentarticle detailtext detailcontent postbodycontent thecontent \
         themecontent tdpostcontent articlewrap postinner elementorwidgetthemepostcontent corpo corpus corps",
    ),
    (
        Marks::HIDDEN,
        "hidden invisible visuallyhidden screenreadertext sronly screenreader srtext dnone noprint noscript",
    ),
    (
        Marks::TEASER,
        "teaser teasers teaserlist teaserbox card cards cardlist tile tiles postcard newscard headlines storylist feed \
         teaseritem articleteaser minicard thumb thumbs thumbnail thumbnails storycard mediaobject listitem newsitem \
         articleitem itemlist ticker newsticker sliderwrapper ",
    ),
    (
        Marks::DECK,
        "standfirst deck dek subtitle subheadline subhead subheading lede intro introtext chapo ingress vorspann bajada \
         entradilla sottotitolo catenaccio summary excerpt lead leadtext leadparagraph teasertext articleintro \
         articlelead articlesubtitle copete abstract anlauf manchet volanta sommario",
    ),
    (
        Marks::HOLDER,
        "article post hentry story entry single singlepost blogpost main maincontent contentmain content primary \
         maincolumn articlewrapper articlecontainer postcontainer storycontainer",
    ),
    (Marks::EVENT, "veranstaltung termin termine when startdate enddate deadline birth birthday"),
];

#[cfg(test)]
mod tests {
    use super::{Marks, of_class};

    #[test]
    fn words_of_classes() {
        for (class, flags) in [
            ("article-body", Marks::BODY),
            ("c-articleBody__text", Marks::BODY),
            ("related", Marks::RELATED),
            ("block-read-more", Marks::RELATED),
            ("js-newsletter", Marks::default()),
            ("has-sidebar", Marks::default()),
            ("post_date", Marks::DATE),
            ("wp-caption-text", Marks::CAPTION),
            ("sidebarless", Marks::default()),
            ("main-sidebar2", Marks::SIDE),
            ("image-text-module", Marks::default()),
        ] {
            let found = of_class(class);
            assert!(
                found.any(flags) || flags == Marks::default() && found == flags,
                "{class}: {found:?}"
            );
        }
    }
}
