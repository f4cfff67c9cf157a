//! The words and patterns of a query -> leaves of its plan: each word of each place once, and so many forms of patterns.

use std::rc::Rc;

use super::super::parameters::PARAMETERS;
use super::super::patterns::Pattern;
use super::super::spans::{Expr, Scope, Section};
use super::super::words::{TermKey, Unit, terms, units};
use super::{Leaf, MOST_FORMS_OF_ALL, MOST_PATTERNS, Place, Planner};
use crate::query::{Term, TermKind};

impl Planner<'_> {
    /// The leaves of a term, one a position.
    pub(super) fn term(&mut self, term: &Term, place: Place<'_>) -> Vec<Expr> {
        let (scope, aside) = match place {
            Place::Text(scope) => (scope, None),
            Place::Aside(prefix) => (Scope::Only(Section::Aside), Some(prefix)),
            Place::Values(..) => return vec![Expr::Nothing],
        };
        let empty = Leaf {
            scope,
            aside,
            case: term.case,
            terms: Rc::default(),
            shown: term.text.clone(),
            typed: None,
            is_pattern: false,
            extra: false,
        };
        if let Some(terms) = self.forms_of(term, aside) {
            return vec![self.leaf(Leaf { terms, is_pattern: true, ..empty })];
        }
        let by_stem = term.kind == TermKind::Stem;
        // Addresses and paths are looked up by their parts, so that a host finds the addresses on it.
        let parts = matches!(aside, Some("u:" | "p:"));
        let mut exprs = Vec::new();
        for unit in units(&term.text, parts) {
            match unit {
                Unit::Word(forms) => {
                    let mut terms =
                        terms(&forms, by_stem && !parts, self.dictionary.languages(), self.stemmer);
                    let typed = forms.first().map(|it| it.text.clone()).filter(|_| by_stem);
                    let typed = typed.filter(|typed| !terms.iter().any(|it| it.key == *typed));
                    if let Some(prefix) = aside {
                        for term in &mut terms {
                            term.key.insert_str(0, prefix);
                        }
                    }
                    exprs.push(self.leaf(Leaf { terms: Rc::new(terms), typed, ..empty.clone() }));
                }
                Unit::Run(pairs) => {
                    for pair in pairs {
                        let key = format!("{}{pair}", aside.unwrap_or(""));
                        let terms = vec![TermKey { key, width: 1, langs: None, typed: true }];
                        exprs.push(self.leaf(Leaf { terms: Rc::new(terms), ..empty.clone() }));
                    }
                }
            }
        }
        if exprs.is_empty() { vec![Expr::Nothing] } else { exprs }
    }

    /// The forms of a pattern, as far as the query may still look at some; none for words.
    fn forms_of(&mut self, term: &Term, aside: Option<&'static str>) -> Option<Rc<Vec<TermKey>>> {
        if matches!(term.kind, TermKind::Stem | TermKind::Exact) {
            return None;
        }
        let key = (Term { case: None, required: false, ..term.clone() }, aside);
        if let Some(terms) = self.known.get(&key) {
            return Some(Rc::clone(terms));
        }
        let left = MOST_FORMS_OF_ALL.saturating_sub(self.forms);
        let terms = if self.patterns >= MOST_PATTERNS || left == 0 {
            Pattern::new(term)?;
            self.capped = true;
            Rc::default()
        } else {
            let (mut terms, capped) = self.dictionary.expand(&key.0, aside)?;
            self.capped |= capped || terms.len() > left;
            if terms.len() > left {
                terms = Rc::new(terms[..left].to_vec());
            }
            self.patterns += 1;
            self.forms += terms.len();
            terms
        };
        self.known.insert(key, Rc::clone(&terms));
        Some(terms)
    }

    /// Whoever types `fox-it` finds that alone, but what also speaks of foxes is likelier to be meant.
    pub(super) fn parts_of_compounds(&mut self, term: &Term, place: Place<'_>) {
        let whole = units(&term.text, false).len();
        let parts = units(&term.text, true);
        if parts.len() <= whole {
            return;
        }
        let (from, outer) = (self.leaves.len(), self.weight);
        self.weight *= PARAMETERS.part;
        for part in parts {
            if let Unit::Word(forms) = part
                && let Some(form) = forms.first()
            {
                self.term(&Term { text: form.text.clone(), ..term.clone() }, place);
            }
        }
        self.weight = outer;
        for leaf in &mut self.leaves[from..] {
            leaf.extra = true;
        }
    }

    fn leaf(&mut self, leaf: Leaf) -> Expr {
        self.leaves.push(leaf);
        let number = self.leaves.len() - 1;
        self.score(number);
        Expr::Leaf(number)
    }

    fn score(&mut self, leaf: usize) {
        if !self.negated && self.weight > 0.0 {
            self.scored.push((leaf, self.weight));
        }
    }
}
