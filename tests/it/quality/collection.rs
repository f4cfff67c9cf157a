//! Folders of articles, questions and judgements, and morgue's answers to them.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::cli::morgue;

/// An article, as far as ranking goes.
#[derive(Debug, Clone, Default)]
pub(super) struct Document {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) lang: Option<String>,
}

/// Articles and questions, and which answer which.
pub(super) struct Collection {
    pub(super) documents: Vec<Document>,
    pub(super) queries: Vec<(String, String)>,
    pub(super) judgements: HashMap<String, HashMap<String, i32>>,
    folder: tempfile::TempDir,
    index: PathBuf,
}

impl Collection {
    /// Reads `docs.jsonl`, `queries.tsv` and `qrels.txt` of a folder.
    pub(super) fn read(source: &Path) -> Self {
        let mut judgements: HashMap<String, HashMap<String, i32>> = HashMap::new();
        for line in fs::read_to_string(source.join("qrels.txt")).unwrap().lines() {
            let [query, _, id, grade] = line.split_whitespace().collect::<Vec<_>>()[..] else {
                panic!("no judgement: {line}")
            };
            let grades = judgements.entry(query.to_owned()).or_default();
            grades.insert(id.to_owned(), grade.parse().unwrap());
        }
        judgements.retain(|_, grades| grades.values().any(|it| *it > 0));
        let queries = fs::read_to_string(source.join("queries.tsv")).unwrap();
        let queries = queries.lines().filter_map(|line| {
            let (id, text) = line.split_once('\t')?;
            judgements.contains_key(id).then(|| (id.to_owned(), text.to_owned()))
        });
        let queries = queries.collect();
        let articles = fs::read_to_string(source.join("docs.jsonl")).unwrap();
        Self::new(&articles, queries, judgements)
    }

    /// Indexes articles given as JSON Lines.
    pub(super) fn new(
        articles: &str,
        queries: Vec<(String, String)>,
        judgements: HashMap<String, HashMap<String, i32>>,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("docs.jsonl"), articles).unwrap();
        let lines: Vec<_> = queries.iter().map(|(id, text)| format!("{id}\t{text}")).collect();
        fs::write(folder.path().join("queries.tsv"), lines.join("\n")).unwrap();
        let index = folder.path().join("index/main");
        let indexed = morgue(folder.path(), &["index", "docs.jsonl", "--no-entities"], "");
        assert_eq!(indexed.code, Some(0), "{}", indexed.err);
        let extracted = morgue(folder.path(), &["extract", "docs.jsonl", "--no-entities"], "");
        let mut documents = Vec::new();
        for line in extracted.out.lines() {
            let article: Value = serde_json::from_str(line).unwrap();
            let text = |name: &str| article[name].as_str().unwrap_or("").to_owned();
            if article["skipped"].is_null() {
                documents.push(Document {
                    id: text("source_id"),
                    title: text("title"),
                    text: text("body"),
                    lang: article["language"].as_str().map(str::to_owned),
                });
            }
        }
        Self { documents, queries, judgements, folder, index }
    }

    /// The lists that `morgue batch` gives for the questions, in their order.
    pub(super) fn run(&self, options: &[&str]) -> Vec<Vec<String>> {
        let mut arguments = vec!["batch", "queries.tsv", "--format", "trec"];
        arguments.extend_from_slice(options);
        arguments.extend_from_slice(&["--index", self.index.to_str().unwrap()]);
        let ran = morgue(self.folder.path(), &arguments, "");
        assert!(matches!(ran.code, Some(0 | 1)), "{}", ran.err);
        let mut lists: HashMap<&str, Vec<String>> = HashMap::new();
        for line in ran.out.lines() {
            let mut columns = line.split(' ');
            let (query, id) = (columns.next().unwrap(), columns.nth(1).unwrap());
            lists.entry(query).or_default().push(id.to_owned());
        }
        let list = |it: &(String, String)| lists.remove(it.0.as_str()).unwrap_or_default();
        self.queries.iter().map(list).collect()
    }
}

/// Articles without their titles, and the titles as questions: the article with a title is the one looked for.
pub(super) fn known_items(articles: &[(String, String)]) -> Collection {
    let (mut lines, mut queries, mut judgements) = (String::new(), Vec::new(), HashMap::new());
    for (number, (title, text)) in articles.iter().enumerate() {
        let id = format!("d{number}");
        lines.push_str(&json!({"id": id, "text": text}).to_string());
        lines.push('\n');
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        if !title.is_empty() {
            queries.push((format!("q{number}"), title));
            judgements.insert(format!("q{number}"), HashMap::from([(id, 1)]));
        }
    }
    Collection::new(&lines, queries, judgements)
}
