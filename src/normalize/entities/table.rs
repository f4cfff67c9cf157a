//! Pairs of a 32-bit hash and a value -> a table that finds the value by the hash.

/// A hash table with open addressing, made once and then only read.
#[derive(Debug, Default)]
pub struct Table {
    keys: Vec<u32>,
    values: Vec<u32>,
    mask: usize,
}

impl Table {
    /// A table of these pairs; of two with the same hash the first is kept.
    pub fn new(pairs: &[(u32, u32)]) -> Self {
        let size = (pairs.len() * 2).next_power_of_two().max(2);
        let mut table = Self { keys: vec![0; size], values: vec![0; size], mask: size - 1 };
        for (key, value) in pairs {
            let key = (*key).max(1);
            let mut at = key as usize & table.mask;
            while table.keys[at] != 0 && table.keys[at] != key {
                at = (at + 1) & table.mask;
            }
            if table.keys[at] == 0 {
                table.keys[at] = key;
                table.values[at] = *value;
            }
        }
        table
    }

    /// All values.
    pub fn values(&self) -> impl Iterator<Item = u32> {
        self.keys.iter().zip(&self.values).filter(|it| *it.0 != 0).map(|it| *it.1)
    }

    /// The value of this hash.
    pub fn get(&self, key: u32) -> Option<u32> {
        let key = key.max(1);
        let mut at = key as usize & self.mask;
        loop {
            let found = *self.keys.get(at)?;
            if found == key {
                return self.values.get(at).copied();
            }
            if found == 0 {
                return None;
            }
            at = (at + 1) & self.mask;
        }
    }
}
