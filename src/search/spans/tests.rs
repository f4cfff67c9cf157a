use super::*;

/// One-letter words of a line; `.` begins a sentence at the next word, `¶` is a paragraph border, `/` ends the title.
struct Line {
    words: Vec<(u32, char)>,
    sentences: Vec<u32>,
    paragraphs: Vec<u32>,
    title_end: u32,
    found: Vec<Vec<Span>>,
}

impl Line {
    fn new(text: &str) -> Self {
        let mut line = Self {
            words: vec![],
            sentences: vec![],
            paragraphs: vec![],
            title_end: 0,
            found: vec![],
        };
        let mut position = 0;
        for letter in text.chars() {
            match letter {
                '.' => line.sentences.push(position),
                '¶' => {
                    line.paragraphs.push(position);
                    position += 1;
                }
                '/' => {
                    line.title_end = position;
                    position += 1;
                }
                ' ' => {}
                word => {
                    line.words.push((position, word));
                    position += 1;
                }
            }
        }
        line
    }
}

impl Source for Line {
    fn present(&mut self, leaf: usize) -> bool {
        self.words.iter().any(|it| it.1 as usize == leaf)
    }
    fn find(&mut self, leaf: usize, _text_only: bool) {
        let found = self.words.iter().filter(|it| it.1 as usize == leaf);
        let found = found.map(|it| Span { start: it.0, end: it.0 }).collect();
        self.found.resize(self.found.len().max(leaf + 1), Vec::new());
        self.found[leaf] = found;
    }
    fn found(&self, leaf: usize) -> &[Span] {
        &self.found[leaf]
    }
    fn condition(&mut self, _condition: usize) -> bool {
        true
    }
    fn section(&self, position: u32) -> Section {
        if position < self.title_end { Section::Title } else { Section::Body }
    }
    fn borders(&mut self, sentences: bool) -> &[u32] {
        if sentences { &self.sentences } else { &self.paragraphs }
    }
}

fn leaf(letter: char) -> Expr {
    Expr::Leaf(letter as usize)
}

fn near(left: Expr, reach: Reach, right: Expr) -> NearExpr {
    NearExpr { left, right, reach, ordered: false, negated: false }
}

fn check(expr: &Expr, text: &str, expected: &[(u32, u32)]) {
    let found: Vec<_> =
        spans(expr, &mut Line::new(text)).into_iter().map(|it| (it.start, it.end)).collect();
    assert_eq!(found, expected, "{text}");
    if matches!(expr, Expr::Phrase(_) | Expr::Near(_) | Expr::Window(..)) {
        assert_eq!(holds(expr, &mut Line::new(text)), !expected.is_empty());
    }
}

#[test]
fn phrases() {
    let ab = Expr::Phrase(vec![leaf('a'), leaf('b')]);
    check(&ab, "ab xab", &[(0, 1), (3, 4)]);
    check(&ab, "a.b", &[(0, 1)]);
    check(&ab, "a¶b", &[]);
    check(&ab, "a/b", &[]);
    check(&Expr::Phrase(vec![leaf('a'), leaf('a')]), "aaa", &[(0, 1), (1, 2)]);
}

#[test]
fn proximity() {
    let near_2 = Expr::Near(Box::new(near(leaf('a'), Reach::Words(2), leaf('b'))));
    check(&near_2, "axb", &[(0, 2)]);
    check(&near_2, "axxb", &[]);
    check(&near_2, "bxa", &[(0, 2)]);
    check(&near_2, "a¶b", &[(0, 2)]);
    check(&near_2, "a¶xb", &[]);
    check(&near_2, "aab", &[(1, 2)]);
    let twice = Expr::Near(Box::new(near(leaf('a'), Reach::Words(5), leaf('a'))));
    check(&twice, "a", &[]);
    check(&twice, "axa", &[(0, 2)]);
    let ordered = Expr::Near(Box::new(NearExpr {
        ordered: true,
        ..near(leaf('a'), Reach::Words(2), leaf('b'))
    }));
    check(&ordered, "ba xab", &[(3, 4)]);
    let lonely = Expr::Near(Box::new(NearExpr {
        negated: true,
        ..near(leaf('a'), Reach::Words(2), leaf('b'))
    }));
    check(&lonely, "axbxxxa", &[(6, 6)]);
    let never = Expr::Near(Box::new(near(leaf('a'), Reach::Words(0), leaf('b'))));
    check(&never, "ab", &[]);
}

#[test]
fn sentences_and_paragraphs() {
    let sentence = Expr::Near(Box::new(near(leaf('a'), Reach::Sentence, leaf('b'))));
    check(&sentence, "ax b", &[(0, 2)]);
    check(&sentence, "ax.b", &[]);
    check(&sentence, "a¶b", &[]);
    let paragraph = Expr::Near(Box::new(near(leaf('a'), Reach::Paragraph, leaf('b'))));
    check(&paragraph, "ax.b", &[(0, 2)]);
    check(&paragraph, "a¶b", &[]);
}

#[test]
fn windows() {
    let abc = |others| Expr::Window(vec![leaf('a'), leaf('b'), leaf('c')], others);
    check(&abc(0), "cab", &[(0, 2)]);
    check(&abc(0), "caxb", &[]);
    check(&abc(1), "caxb", &[(0, 3)]);
    check(&Expr::Window(vec![leaf('a'), leaf('a')], 5), "a", &[]);
    check(&Expr::Window(vec![leaf('a'), leaf('a')], 5), "axa", &[(0, 2)]);
    check(&abc(2), "ab/c", &[]);
}

#[test]
fn counting() {
    let spans = |list: &[(u32, u32)]| {
        list.iter().map(|it| Span { start: it.0, end: it.1 }).collect::<Spans>()
    };
    assert_eq!(without_overlap(spans(&[(0, 1), (1, 2), (2, 3)])), spans(&[(0, 1), (2, 3)]));
    assert_eq!(smallest(spans(&[(0, 5), (1, 2), (2, 3), (0, 2)])), spans(&[(1, 2), (2, 3)]));
}

#[test]
fn branches_that_do_not_hold_are_not_marked() {
    let either = Expr::Or(vec![
        Expr::And(vec![leaf('a'), leaf('z')]),
        Expr::Phrase(vec![leaf('b'), leaf('c')]),
        Expr::Not(Box::new(leaf('q'))),
    ]);
    let mut out = Spans::new();
    marks(&either, &mut Line::new("a bc c"), &mut out);
    assert_eq!(out[..], [Span { start: 1, end: 2 }]);
}
