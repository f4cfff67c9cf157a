//! The names of months and days in the languages of the news, one row a language: plain tables.

mod latin;
mod scripts;

/// What the two numbers of `03/04/2020` are in a language that leaves the order to habit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FigureOrder {
    /// The day stands first, as in most of the world.
    DayMonth,
    /// The month stands first, as in the United States.
    MonthDay,
}

/// Whether a language writes its months with a capital letter; where it does, `May 14` is a date
/// and `may 14` is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MonthCase {
    /// January.
    Capital,
    /// janvier, and all scripts without capitals.
    Small,
}

/// One language. Groups are separated by `|`, words by spaces; `*` at the end of a word stands for
/// any ending, `_` for a space. Words are compared in lower case and without accents.
#[derive(Debug, Clone, Copy)]
pub(super) struct Language {
    /// ISO 639-1.
    pub(super) code: &'static str,
    /// The order of day and month in figures.
    pub(super) order: FigureOrder,
    /// Whether months have a capital.
    pub(super) case: MonthCase,
    /// Twelve groups: the full name first, then other cases of it, then abbreviations.
    pub(super) months: &'static str,
    /// Seven groups, Monday first.
    pub(super) weekdays: &'static str,
    /// What may stand between the parts of a date: `of`, `de`, `г`.
    pub(super) fillers: &'static str,
    /// What is written on to the number of the day: `th`, `er`, `го`.
    pub(super) ordinals: &'static str,
    /// Words after which `14.9.` (or, in Vietnamese, `14/9`) is a date.
    pub(super) cues: &'static str,
    /// Everyday words of this language that are a month somewhere; in this language they need a day
    /// and a year beside them.
    pub(super) ordinary: &'static str,
}

/// All rows. English stands first: it is tried first where the language is not known.
pub(super) fn rows() -> impl Iterator<Item = &'static Language> {
    latin::ROWS.iter().chain(scripts::ROWS)
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn every_row_has_twelve_months_and_seven_days() {
        for row in rows() {
            assert_eq!(row.months.split('|').count(), 12, "months of {}", row.code);
            assert_eq!(row.weekdays.split('|').count(), 7, "weekdays of {}", row.code);
            assert_eq!(row.code.len(), 2);
        }
        assert!(rows().count() >= 45);
    }
}
