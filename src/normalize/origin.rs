//! The name of a place where a value was stated -> one of the kinds of places that rules know.

/// Where a claim stood: the kinds of places that are told apart when one value has to be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Origin {
    /// Stated by the user, for all that is read.
    Set,
    /// A field of a record.
    Record,
    /// JSON-LD of the article.
    JsonLd,
    /// JSON-LD of the article, naming an organization.
    JsonLdOrganization,
    /// JSON-LD of the page.
    JsonLdPage,
    /// Properties on visible elements (`itemprop` and the like).
    Microdata,
    /// `og:` and `article:`.
    OpenGraph,
    /// `twitter:`.
    Twitter,
    /// Plain `<meta name>`.
    Meta,
    /// `dc.` and `dcterms.`.
    DublinCore,
    /// `parsely-`.
    Parsely,
    /// `sailthru.`.
    Sailthru,
    /// `cxenseparse:`.
    Cxense,
    /// `citation_`.
    Citation,
    /// `<title>`.
    TitleTag,
    /// `<h1>`.
    Headline,
    /// An element whose class says that it is the headline.
    HeadlineClass,
    /// `<h2>` or `<h3>`, or a further headline.
    Heading,
    /// An element whose class says that it is the byline.
    Byline,
    /// A name within the byline.
    BylineName,
    /// An element whose class says that it is an author.
    AuthorClass,
    /// A link with `rel=author`.
    RelAuthor,
    /// A link to the page of an author.
    AuthorLink,
    /// A line near the headline that begins as bylines do.
    NearHeadline,
    /// A name in a box about the author.
    AuthorBox,
    /// Anything else that readers name.
    Other,
}

impl Origin {
    /// The kind of place a reader named.
    pub(super) fn of(name: &str) -> Self {
        NAMES.iter().find(|row| row.0 == name).map_or(Self::Other, |row| row.1)
    }
}

/// The names that readers give to places.
static NAMES: &[(&str, Origin)] = &[
    ("set", Origin::Set),
    ("record", Origin::Record),
    ("json-ld", Origin::JsonLd),
    ("json-ld-organization", Origin::JsonLdOrganization),
    ("json-ld-page", Origin::JsonLdPage),
    ("microdata", Origin::Microdata),
    ("opengraph", Origin::OpenGraph),
    ("twitter", Origin::Twitter),
    ("meta", Origin::Meta),
    ("dublin-core", Origin::DublinCore),
    ("parsely", Origin::Parsely),
    ("sailthru", Origin::Sailthru),
    ("cxense", Origin::Cxense),
    ("citation", Origin::Citation),
    ("title-tag", Origin::TitleTag),
    ("headline", Origin::Headline),
    ("headline-class", Origin::HeadlineClass),
    ("heading", Origin::Heading),
    ("byline", Origin::Byline),
    ("byline-name", Origin::BylineName),
    ("author-class", Origin::AuthorClass),
    ("rel-author", Origin::RelAuthor),
    ("author-link", Origin::AuthorLink),
    ("near-headline", Origin::NearHeadline),
    ("author-box", Origin::AuthorBox),
];
