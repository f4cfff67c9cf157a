use super::super::compound;
use super::{Class, Form, FormKind, KINDS, LETTER, Scan, Visitor, letters, tokenize};

#[derive(Default)]
struct Printed(Vec<String>);

impl Visitor for Printed {
    fn form(&mut self, form: Form<'_>) {
        let kind = match form.kind {
            FormKind::Main => "",
            FormKind::Also => "~",
            FormKind::Written => "=",
            FormKind::Joined => "+",
            FormKind::Pair => "&",
        };
        let class = match form.class {
            Class::Lower => "",
            Class::Capital => "'C",
            Class::All => "'A",
            Class::Line => "'L",
        };
        self.0.push(format!("{kind}{}@{}{class}", form.text, form.position));
    }
    fn sentence(&mut self, position: u32) {
        self.0.push(format!("|{position}"));
    }
    fn paragraph(&mut self, position: u32) {
        self.0.push(format!("¶{position}"));
    }
}

fn check(text: &str, expected: &str) {
    let mut printed = Printed::default();
    tokenize(text, 0, &mut printed);
    assert_eq!(printed.0.join(" "), expected, "{text}");
}

#[test]
fn words() {
    check("The CSTO's (first) meeting.", "the@0'C csto@1'A first@2 meeting@3");
    check("O'Neil said “no”", "o'neil@0'C said@1 no@2");
    check("l’accord d'hier", "l'accord@0 ~accord@0 d'hier@1 ~hier@1");
    check("", "");
    check("  -- ! ", "");
    check("AT&T and C++, C#", "at&t@0'A and@1 c++@2'A c#@3'A");
}

#[test]
fn acronyms() {
    check("The U.S. and the US met us", "the@0'C u.s.@1'A and@2 the@3 us@4'A =u.s.@4'A met@5 us@6");
    check("THE U.S . FIRST", "the@0'L u.s.@1'L first@2'L");
    check("N.A.T.O. in U.S-led", "n.a.t.o.@0'A ~nato@0'A in@1 +u.sled@2'C u.s.@2'A led@3");
    check("J. Smith", "j@0'A smith@1'C");
    check("at 9 a.m. today", "at@0 9@1 a.m.@2 today@3");
}

#[test]
fn numbers() {
    check("a $1.5 b", "a@0 1.5@1 =$1.5@1 b@2");
    check("a $ 1.5 b", "a@0 1.5@1 =$1.5@1 b@2");
    check("1,200 and 1200", "1200@0 and@1 1200@2");
    check("(1,200,000.5), 1,20", "1200000.5@0 1,20@1");
    check("at 10:30, 5%", "at@0 10:30@1 5@2 =5%@2");
    check("3-2 win", "+32@0 3@0 2@1 win@2");
    check("$ million", "million@0");
}

#[test]
fn compounds() {
    check("Putin-backed", "+putinbacked@0'C putin@0'C backed@1");
    check("e-mails sent", "+emails@0 e@0 mails@1 sent@2");
    check("pre- and", "pre@0 and@1");
    check("one--two", "one@0 two@1");
    check("1.5-billion-dollar", "+1.5billiondollar@0 1.5@0 billion@1 dollar@2");
    check("joe@example.org", "+joe@example.org@0 joe@0 example@1 org@2");
    check("http://example.org/a?b=1", "http@0 +example.org/a?b=1@1 example@1 org@2 a@3 b@4 1@5");
    check("#MeToo @desk", "metoo@0'C =#metoo@0'C desk@1 =@desk@1");
    check("Moscow: CSTO", "moscow@0'C csto@1'A");
}

#[test]
fn scripts_without_spaces() {
    check("東京都2020", "東@0 &東京@0 京@1 &京都@1 都@2 2020@3");
    check("는 나라", "는@0 나@1 &나라@1 라@2");
}

#[test]
fn sentences_and_paragraphs() {
    check("He left. She stayed.\n\nThe end.", "he@0'C left@1 |2 she@2'C stayed@3 ¶4 the@5'C end@6");
    check("Mr. Smith of the U.S. Senate", "mr@0'C smith@1'C of@2 the@3 u.s.@4'A senate@5'C");
    check("a\n\n\n\nb\n\n", "a@0 ¶1 b@2");
    check("\n\na\nb", "a@0 b@1");
    check("終了。東京", "終@0 &終了@0 了@1 |2 東@2 &東京@2 京@3");
    check("Go! \"Now.\" He", "go@0'C |1 now@1'C |2 he@2'C");
}

#[test]
fn capitals() {
    check("MOSCOW TALKS FAIL", "moscow@0'L talks@1'L fail@2'L");
    check("iPhone USA McCain", "iphone@0'C usa@1'A mccain@2'C");
}

#[test]
fn eight_letters_at_once_are_told_as_one_by_one_is() {
    for strange in 0..=u8::MAX {
        for (at, fill) in (0..20).flat_map(|at| [(at, b'x'), (at, b'Z'), (at, b'a'), (at, b'A')]) {
            let mut bytes = vec![fill; 20];
            bytes[at] = strange;
            for start in 0..=bytes.len() {
                let run = bytes[start..].iter().map(|it| KINDS[usize::from(*it)] & LETTER);
                let run: Vec<_> = run.take_while(|it| *it != 0).collect();
                let expected = (start + run.len(), run.iter().fold(0, |all, it| all | it));
                assert_eq!(letters(&bytes, start), expected, "{strange} at {at} from {start}");
            }
        }
    }
}

/// What the long way says of a line of ASCII.
fn by_compounds(text: &str) -> Vec<String> {
    let mut printed = Printed::default();
    let mut scan = Scan {
        text,
        visitor: &mut printed,
        position: 0,
        last_word: None,
        judge_lines: false,
        all_capitals: super::wholly_capitals(text),
        buffer: String::new(),
        currency: None,
    };
    let mut start = 0;
    for run in text.split(' ') {
        if !run.is_empty() {
            compound::scan(&mut scan, start, start + run.len());
        }
        start += run.len() + 1;
    }
    printed.0
}

#[test]
fn plain_words_are_said_as_compounds_would_say_them() {
    let parts = [
        "a", "s", "US", "It", "x", "'", "'s", "'S", "1", "20", "300", ",", ".", "-", "(", ")",
        "\"", " ", " ", " ", "$", "%", ":", "l'",
    ];
    let mut seed = 7_usize;
    for _ in 0..50_000 {
        let mut text = String::new();
        for _ in 0..=seed % 11 {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            text.push_str(parts[(seed >> 33) % parts.len()]);
        }
        let mut printed = Printed::default();
        tokenize(&text, 0, &mut printed);
        assert_eq!(printed.0, by_compounds(&text), "{text}");
    }
}
