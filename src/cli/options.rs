//! Options that several commands share, and what they mean to the library.

use std::path::{Path, PathBuf};

use std::io::Write as _;

use clap::{Args, ValueEnum};
use morgue::date::{Day, RangeUse, apply, read_range};
use morgue::index::Index;
use morgue::present::explain::{ExplanationSeen, explanation_text};
use morgue::present::json::to_line;
use morgue::query::{
    DateField, Parsed, Phrase, Problem, Query, Reading, Term, TermKind, from_arguments, no_day,
    no_language, parse, plain_words, within_limit,
};
use morgue::search::{FacetField, FacetOptions, Local, MatchMode, Purpose, Request, Sort, Under};

use super::clock;
use super::failure::{Failure, Outcome};
use super::terminal::{self, Output};

/// Where an index lies when nothing is said.
const DEFAULT_INDEX: &str = "index/main";

/// A query and its conditions.
#[derive(Debug, Args)]
pub(super) struct Question {
    /// The query; several arguments make one
    #[arg(value_name = "QUERY")]
    pub(super) words: Vec<String>,
    #[arg(long = "query-from-input", hide = true)]
    from_input: bool,
    #[command(flatten)]
    pub(super) conditions: Conditions,
}

/// Conditions and readings that every question can have.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
pub(super) struct Conditions {
    /// Bring PATH up to date first, then search only the articles under it
    #[arg(long = "in", value_name = "PATH")]
    pub(super) within: Option<PathBuf>,
    /// By this author
    #[arg(long, value_name = "NAME", help_heading = "Conditions")]
    by: Vec<String>,
    /// Published on this day or later
    #[arg(long, value_name = "DATE", help_heading = "Conditions")]
    since: Vec<String>,
    /// Published on this day or earlier
    #[arg(long, value_name = "DATE", help_heading = "Conditions")]
    until: Vec<String>,
    /// Published on this day, in this month, in this year
    #[arg(long, value_name = "DATE", help_heading = "Conditions")]
    on: Vec<String>,
    /// About this person
    #[arg(long, value_name = "NAME", help_heading = "Conditions")]
    person: Vec<String>,
    /// About this organization
    #[arg(long, value_name = "NAME", help_heading = "Conditions")]
    org: Vec<String>,
    /// About this place
    #[arg(long, value_name = "NAME", help_heading = "Conditions")]
    place: Vec<String>,
    /// In this publication
    #[arg(long, value_name = "NAME", help_heading = "Conditions")]
    source: Vec<String>,
    /// By this news agency
    #[arg(long, value_name = "NAME", help_heading = "Conditions")]
    agency: Vec<String>,
    /// In this section
    #[arg(long, value_name = "NAME", help_heading = "Conditions")]
    section: Vec<String>,
    /// In this language (ISO 639-1)
    #[arg(long, value_name = "CODE", help_heading = "Conditions")]
    lang: Vec<String>,
    /// Find acronyms and what they stand for, whichever is asked: csto, "collective security treaty organization"
    #[arg(long)]
    pub(super) expand: bool,
    /// Count articles too that a date leaves out because theirs is unknown or imprecise
    #[arg(long, help_heading = "Conditions")]
    undated: bool,
    /// How words side by side are taken
    #[arg(long = "match", value_enum, default_value_t = Match::Auto, value_name = "MODE")]
    mode: Match,
    /// Read the query as words, with no operators
    #[arg(long)]
    pub(super) plain: bool,
    /// Show how the query is read instead of what it finds: its parts, what each matches, other readings
    #[arg(long)]
    pub(super) explain_query: bool,
    /// Take what is not read as typed for an error
    #[arg(long)]
    strict: bool,
    /// The day that relative dates count from
    #[arg(long, value_name = "DATE")]
    pub(super) now: Option<String>,
}

/// What articles are counted by.
#[derive(Debug, Args)]
pub(super) struct Counts {
    /// Count the articles by these: authors, source, agency, section, language, people, organizations, places, year, month
    #[arg(long, value_name = "FIELD,...", value_delimiter = ',')]
    facets: Vec<String>,
    /// Values a field at most
    #[arg(long, value_name = "N", default_value_t = 10)]
    facet_limit: usize,
}

impl Counts {
    pub(super) fn options(&self) -> Result<FacetOptions, Failure> {
        let mut fields = Vec::new();
        for name in self.facets.iter().map(|it| it.trim()) {
            let field = FacetField::find(name).ok_or_else(|| {
                let known = FacetField::names().join(", ");
                Failure::question(
                    anyhow::anyhow!("no counts by `{name}`"),
                    format!("there are {known}"),
                )
            })?;
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
        Ok(FacetOptions { fields, limit: self.facet_limit })
    }
}

/// How words side by side are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Match {
    /// All of them; when no article has all, the most
    Auto,
    /// Any of them; the text is read as words, without operators
    Any,
    /// All of them, and nothing less
    All,
    /// As a phrase
    Phrase,
    /// As a phrase, in these very forms
    Exact,
}

/// The order of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Order {
    /// Best first
    Relevance,
    /// Latest first
    Newest,
    /// Earliest first
    Oldest,
}

impl From<Order> for Sort {
    fn from(order: Order) -> Self {
        match order {
            Order::Relevance => Self::Relevance,
            Order::Newest => Self::Newest,
            Order::Oldest => Self::Oldest,
        }
    }
}

impl Question {
    /// The text of the query, if there is one, and what the shell did to it.
    pub(super) fn text_if_any(&self) -> Result<(String, Vec<Problem>), Failure> {
        if !self.from_input && self.words.iter().all(|it| it.trim().is_empty()) {
            return Ok((String::new(), Vec::new()));
        }
        self.text()
    }

    /// The text of the query, and what the shell did to it.
    pub(super) fn text(&self) -> Result<(String, Vec<Problem>), Failure> {
        if self.from_input {
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes)?;
            return Ok((String::from_utf8_lossy(&bytes).trim().to_owned(), Vec::new()));
        }
        if self.words.iter().all(|it| it.trim().is_empty()) && self.conditions.are_none() {
            return Err(Failure::question(
                anyhow::anyhow!("nothing is asked"),
                "give words, `morgue search csto obligations`, or `*` for every article",
            ));
        }
        let (text, mut problems) = from_arguments(&self.words);
        problems.extend(help_meant(&self.words));
        Ok((text, problems))
    }
}

/// `-h` is query text here, as every `-word`, and hardly ever meant so.
fn help_meant(words: &[String]) -> Option<Problem> {
    let typed = words.iter().find(|it| matches!(it.as_str(), "-h" | "-help" | "-?"))?;
    Some(Problem {
        message: format!("`{typed}` is part of the query here"),
        hint: Some("`--help` is the help".to_owned()),
        start: 0,
        end: 0,
    })
}

impl Conditions {
    fn are_none(&self) -> bool {
        self.values().iter().all(|(_, values)| values.is_empty())
            && [&self.since, &self.until, &self.on].iter().all(|it| it.is_empty())
    }

    fn values(&self) -> [(&'static str, &Vec<String>); 8] {
        [
            ("by", &self.by),
            ("person", &self.person),
            ("org", &self.org),
            ("place", &self.place),
            ("source", &self.source),
            ("agency", &self.agency),
            ("section", &self.section),
            ("lang", &self.lang),
        ]
    }

    /// The conditions as queries; one flag twice is OR, different flags are AND.
    fn filters(&self, today: Day) -> Result<Vec<Query>, Failure> {
        let mut filters = Vec::new();
        for (field, values) in self.values() {
            let named = values.iter().map(|value| name_query(field, value)).collect();
            filters.extend(any(named));
        }
        for (flag, use_, values) in [
            ("--since", RangeUse::Since, &self.since),
            ("--until", RangeUse::Until, &self.until),
            ("--on", RangeUse::On, &self.on),
        ] {
            let mut ranges = Vec::new();
            for value in values {
                let range = read_range(value, today).map_err(|error| {
                    let hint = error.hint();
                    Failure::question(anyhow::Error::from(error).context(format!("`{flag}`")), hint)
                })?;
                let range = apply(use_, range);
                ranges.push(Query::Dates {
                    field: DateField::Published,
                    first: range.first,
                    last: range.last,
                });
            }
            filters.extend(any(ranges));
        }
        Ok(filters)
    }

    fn match_mode(&self) -> MatchMode {
        match self.mode {
            Match::Auto => MatchMode::Auto,
            Match::Any => MatchMode::Any,
            Match::All => MatchMode::All,
            Match::Phrase => MatchMode::Phrase,
            Match::Exact => MatchMode::Exact,
        }
    }

    /// The request for a query's text.
    pub(super) fn request(
        &self,
        text: String,
        shell: Vec<Problem>,
        under: Option<Under>,
    ) -> Result<Request, Failure> {
        let today = clock::today(self.now.as_deref())?;
        let filters = self.filters(today)?;
        let mode = self.match_mode();
        let (within, cut) = within_limit(&text);
        let parsed = if text.trim().is_empty() {
            Parsed { query: Query::All, problems: Vec::new(), readings: Vec::new() }
        } else if self.plain || mode == MatchMode::Any {
            Parsed { query: plain_words(within), problems: Vec::new(), readings: Vec::new() }
        } else {
            parse(within, today)
        };
        let mut problems = shell;
        problems.extend(parsed.problems);
        problems.extend(cut);
        problems.extend(self.lang.iter().filter_map(|it| no_language(it)));
        let together: Vec<_> = filters.iter().chain([&parsed.query]).collect();
        problems.extend(no_day(&together));
        if self.strict && !problems.is_empty() {
            return Err(Failure::misread(&text, &problems));
        }
        let plain = request(text, parsed.query, problems, parsed.readings, today);
        Ok(Request { filters, mode, undated: self.undated, under, ..plain })
    }
}

impl Conditions {
    /// The request for a query's text, asked of an index: with `--expand` the forms its articles explain are added.
    pub(super) fn asked(
        &self,
        text: String,
        shell: Vec<Problem>,
        under: Option<Under>,
        local: &Local,
    ) -> Result<Request, Failure> {
        let mut request = self.request(text, shell, under)?;
        if self.expand {
            local.expand(&mut request)?;
        }
        Ok(request)
    }
}

/// The request of a query with no conditions.
pub(super) fn bare_request(text: String, now: Option<&str>) -> Result<Request, Failure> {
    let today = clock::today(now)?;
    let Parsed { query, problems, readings } = parse(within_limit(&text).0, today);
    Ok(request(text, query, problems, readings, today))
}

fn request(
    text: String,
    query: Query,
    problems: Vec<Problem>,
    readings: Vec<Reading>,
    today: Day,
) -> Request {
    Request {
        text,
        query,
        filters: Vec::new(),
        readings,
        problems,
        mode: MatchMode::Auto,
        sort: Sort::Relevance,
        limit: Some(10),
        offset: 0,
        passages: 3,
        feedback: false,
        purpose: Purpose::Reading,
        undated: false,
        copies: false,
        under: None,
        facets: FacetOptions::default(),
        today,
    }
}

/// Says how a request is read; the exit code is that of the search.
pub(super) fn explain(local: &Local, request: &Request, format: &str) -> Result<Outcome, Failure> {
    let explanation = local.explain(request)?;
    let mut out = Output::new(format == "text");
    match format {
        "text" => {
            let text = explanation_text(&explanation, terminal::style());
            out.write_all(text.as_bytes())?;
        }
        "json" => writeln!(out, "{}", to_line(&ExplanationSeen::new(&explanation))?)?,
        other => {
            return Err(Failure::question(
                anyhow::anyhow!("no output `{other}` for `--explain-query`"),
                "there are text and json",
            ));
        }
    }
    out.finish()?;
    Ok(Outcome::from(explanation.total > 0))
}

/// A flag's value is one name: a word, or several that belong together.
pub(super) fn name_query(field: &'static str, value: &str) -> Query {
    if value.trim().eq_ignore_ascii_case("none") {
        return Query::Missing { field };
    }
    let term = |text: &str| Term {
        text: text.to_owned(),
        kind: TermKind::Stem,
        case: None,
        required: false,
    };
    let words: Vec<_> = value.split_whitespace().map(term).collect();
    let inner = match <[Term; 1]>::try_from(words) {
        Ok([word]) => Query::Term(word),
        Err(words) => Query::Phrase(Phrase { words, window: None }),
    };
    Query::Field { field, inner: Box::new(inner) }
}

fn any(mut queries: Vec<Query>) -> Option<Query> {
    if queries.len() > 1 { Some(Query::Or(queries)) } else { queries.pop() }
}

/// Where the index lies.
pub(super) fn index_path(given: Option<PathBuf>, within: Option<&Path>) -> PathBuf {
    given.unwrap_or_else(|| match within {
        None => PathBuf::from(DEFAULT_INDEX),
        Some(path) => {
            // A path alone has an index of its own, beside the default one.
            let canonical = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
            let name = canonical.to_string_lossy();
            let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
            PathBuf::from(format!("index/in-{hash:016x}"))
        }
    })
}

/// Opens the index of a question; with `--in` it is brought up to date first.
pub(super) fn open(
    given: Option<PathBuf>,
    conditions: &Conditions,
) -> Result<(Index, Option<Under>), Failure> {
    let within = conditions.within.as_deref();
    let path = index_path(given, within);
    let Some(within) = within else { return Ok((Index::open(&path)?, None)) };
    let today = clock::today(conditions.now.as_deref())?;
    let under = super::index::bring_up_to_date(&path, within, today)?;
    Ok((Index::open(&path)?, Some(under)))
}
