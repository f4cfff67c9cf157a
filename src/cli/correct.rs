//! `morgue correct`: what a person says of an article, kept beside the archive and brought into the index.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use clap::Args;
use morgue::article::Article;
use morgue::date::Day;
use morgue::index::Index;
use morgue::normalize::corrections::{FIELDS, NoCorrection, find, first_day, there_are};
use morgue::pipeline::{Change, Correction, correct};
use morgue::present::sanitize;

use super::failure::{Failure, Outcome};
use super::index::{run_options, writer};
use super::progress::Quiet;
use super::ran::{plural, say_corrections};
use super::{clock, options, show};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The article: the beginning of its id
    id: String,
    /// What holds: `author="Ann Lee; Cy Poe"`, `date=2020-09`; `field=` says that it is not known
    ///
    /// With `--undo` the names of fields alone.
    #[arg(value_name = "FIELD=VALUE")]
    fields: Vec<String>,
    /// Take back what was said of these fields, or of all
    #[arg(long)]
    undo: bool,
    /// A word on why, kept with it
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Keep it in this file, and remember that with the path; else `corrections.jsonl` in the folder that was indexed
    #[arg(long, value_name = "FILE")]
    corrections: Option<PathBuf>,
    /// The index of this path
    #[arg(long = "in", value_name = "PATH")]
    within: Option<PathBuf>,
    /// The day it is said on
    #[arg(long, value_name = "DATE")]
    now: Option<String>,
}

pub(super) fn run(arguments: Arguments, index: Option<PathBuf>) -> Result<Outcome, Failure> {
    let today = clock::today(arguments.now.as_deref())?;
    let change = change(&arguments, today)?;
    let path = options::index_path(index, arguments.within.as_deref());
    let (article, root) = {
        let index = Index::open(&path)?;
        let id = arguments.id.to_lowercase();
        if index.articles_by_id(&id)?.is_empty() {
            return Err(Failure::question(
                anyhow::anyhow!("no article has an id that begins with `{id}`"),
                "`morgue search` shows the id of each article",
            ));
        }
        let Some(article) = show::find(&index, &id)? else { return Ok(Outcome::Nothing) };
        let root = index.root_of(&article.id)?.cloned().unwrap_or_default();
        (article, root)
    };
    let when = arguments.now.map_or_else(clock::moment, |_| today.to_string());
    let said: Vec<usize> = match &change {
        Change::Say(fields) => fields.iter().map(|(field, _)| *field).collect(),
        Change::Undo(fields) => fields.clone(),
    };
    let correction = Correction { article: &article, change, when, note: arguments.note };
    let mut writer = writer(&path, today)?;
    let options = run_options(today, arguments.corrections);
    let never = AtomicBool::new(false);
    let kept = correct(&mut writer, &root, correction, &options, &never, &mut Quiet)?;
    let index = writer.finish()?;
    let now = index.articles_by_id(&article.id)?.into_iter().find(|it| it.id == article.id);
    let mut err = io::stderr().lock();
    for line in now.iter().flat_map(|now| changes(&article, now, &said)) {
        writeln!(err, "{}", sanitize::line(&line))?;
    }
    let file = kept.path.display().to_string();
    let updated = kept.report.articles;
    writeln!(
        err,
        "kept in `{}`; {updated} {} updated",
        sanitize::line(&file),
        plural(updated, "article")
    )?;
    for (at, reason) in &kept.report.unreadable {
        let line = format!("`{at}`: {reason}; `morgue index` brings it in when it is there");
        writeln!(err, "{}", sanitize::line(&line))?;
    }
    say_corrections(&mut err, &kept.report, false)?;
    Ok(Outcome::Found)
}

fn change(arguments: &Arguments, today: Day) -> Result<Change, Failure> {
    let refused = |no: NoCorrection| {
        let hint = no.hint.clone();
        Failure::question(no, hint)
    };
    if arguments.undo {
        if let Some(given) = arguments.fields.iter().find(|it| it.contains('=')) {
            return Err(Failure::question(
                anyhow::anyhow!("`{given}` beside `--undo`"),
                "`--undo` takes the names of fields, and takes back all without any",
            ));
        }
        let fields = arguments.fields.iter().map(|it| find(it)).collect::<Result<_, _>>();
        return Ok(Change::Undo(fields.map_err(refused)?));
    }
    let mut typed: Vec<(usize, Vec<String>)> = Vec::new();
    for given in &arguments.fields {
        let Some((name, value)) = given.split_once('=') else {
            return Err(Failure::question(
                anyhow::anyhow!("`{given}` says nothing of a field"),
                "write it as `field=value`; `--undo` takes back what was said",
            ));
        };
        let field = find(name).map_err(refused)?;
        match typed.iter_mut().find(|(known, _)| *known == field) {
            Some((_, values)) => values.push(value.to_owned()),
            None => typed.push((field, vec![value.to_owned()])),
        }
    }
    if typed.is_empty() {
        return Err(Failure::question(
            anyhow::anyhow!("no field is given"),
            format!("write it as `field=value`; {}", there_are()),
        ));
    }
    let mut fields = Vec::new();
    for (number, typed) in typed {
        let Some(field) = FIELDS.get(number) else { continue };
        let values = field.read(&typed).map_err(refused)?;
        if first_day(number, &values).is_some_and(|it| it > today) {
            return Err(Failure::question(
                anyhow::anyhow!("`{}` lies after {today}", values.concat()),
                "nothing was published later than today; `--now DATE` says which day that is",
            ));
        }
        fields.push((number, values));
    }
    Ok(Change::Say(fields))
}

/// What fields held before, and hold now.
fn changes(before: &Article, now: &Article, said: &[usize]) -> Vec<String> {
    let named = |number: &usize| FIELDS.get(*number).map_or("", |it| it.name);
    let undone = before.corrected.iter().map(|it| it.field.as_str());
    let fields: Vec<&str> =
        if said.is_empty() { undone.collect() } else { said.iter().map(named).collect() };
    let shown = |field: &str, article: &Article| {
        let field = FIELDS.iter().find(|it| it.name == field);
        let value = field.and_then(|it| it.of(article));
        value.unwrap_or_else(|| "not known".to_owned())
    };
    let from = |field: &str, article: &Article| {
        let from = article.provenance.get(field);
        from.map_or_else(String::new, |it| format!(" ({it})"))
    };
    let line = |field: &str| {
        let (old, new) = (shown(field, before), shown(field, now));
        format!("{field}: {new}{}, before: {old}{}", from(field, now), from(field, before))
    };
    fields.into_iter().map(line).collect()
}
