//! Circles in a graph, by Tarjan's algorithm.

use std::collections::{BTreeMap, BTreeSet};

type Graph = BTreeMap<String, BTreeSet<String>>;

/// The groups of two and more nodes in which each leads to every other, sorted.
pub(super) fn circles(graph: &Graph) -> Vec<Vec<String>> {
    let mut search = Search { graph, seen: BTreeMap::new(), stack: Vec::new(), circles: Vec::new() };
    for node in graph.keys() {
        if !search.seen.contains_key(node.as_str()) {
            search.visit(node);
        }
    }
    search.circles.sort();
    search.circles
}

struct Search<'a> {
    graph: &'a Graph,
    /// When each node was met, as a number.
    seen: BTreeMap<&'a str, usize>,
    /// The nodes whose group isn't known yet.
    stack: Vec<&'a str>,
    circles: Vec<Vec<String>>,
}

impl<'a> Search<'a> {
    /// Visits what a node leads to, and says which is the earliest node on the stack that it leads back to.
    fn visit(&mut self, node: &'a str) -> usize {
        let own = self.seen.len();
        self.seen.insert(node, own);
        self.stack.push(node);
        let mut earliest = own;
        for next in self.graph.get(node).into_iter().flatten() {
            match self.seen.get(next.as_str()) {
                None => earliest = earliest.min(self.visit(next)),
                Some(met) if self.stack.contains(&next.as_str()) => earliest = earliest.min(*met),
                Some(_) => {}
            }
        }
        if earliest == own {
            let at = self.stack.iter().position(|other| *other == node).unwrap_or_default();
            let mut group: Vec<_> = self.stack.split_off(at).into_iter().map(str::to_owned).collect();
            if group.len() > 1 {
                group.sort();
                self.circles.push(group);
            }
        }
        earliest
    }
}
