// From the report and what the reader wants to see: which locks are drawn on
// their own, which packages and types are folded into one node, which edges.

import { few } from './layout.js';
import { backbone } from './order.js';

// A package of more locks than this unfolds into its types first.
const large = 24;
// The strongly connected part is shown beside the findings up to this size.
const smallCycle = 30;

export function newState(d) {
  const folds = d.locks.length > few;
  return {
    scope: folds ? 'overview' : 'all',
    unfolded: unfoldedAtFirst(d),
    revealed: new Set(),
    implied: false,
    kinds: new Set(d.kinds.map((k) => k.name)),
    levels: new Set(d.levels),
    selected: null,
  };
}

// unfoldedAtFirst: to fold the only package, or all of them, would leave nothing
// to see.
function unfoldedAtFirst(d) {
  if (d.groups.length === 1) return new Set([d.groups[0].key]);
  return new Set(d.others.locks.length === d.locks.length ? [d.others.key] : []);
}

// shownFindings are those that the filters let through. A word that this page
// has no filter for is never hidden.
export function shownFindings(d, state) {
  const known = new Set(d.kinds.map((k) => k.name));
  return d.findings.filter((f) => (state.kinds.has(f.kind) || !known.has(f.kind)) && (state.levels.has(f.confidence) || !d.levels.includes(f.confidence)));
}

// view returns nodes (locks and folds), boxes and edges to draw.
export function view(d, state) {
  const shown = new Set(shownFindings(d, state).map((f) => f.index));
  const alone = aloneIn(d, state);
  const nodes = new Map();
  const of = new Array(d.locks.length).fill(null); // the node that stands for a lock
  for (const lock of d.locks) {
    if (state.scope === 'cycles' && !alone(lock)) continue;
    const fold = foldOf(d, lock, state, alone);
    const id = fold ? fold.key : `l${lock.index}`;
    let node = nodes.get(id);
    if (!node) {
      node = { id, lock: fold ? null : lock, fold, locks: [] };
      nodes.set(id, node);
    }
    node.locks.push(lock);
    of[lock.index] = node;
  }
  const list = [...nodes.values()];
  list.forEach((node, i) => { node.place = i; });
  const boxed = boxes(list); // says which nodes are the rest of a package
  return { nodes: list, of, boxes: boxed, links: links(d, state, of, list, shown), total: d.edges.length };
}

// aloneIn returns which locks are drawn on their own whatever is folded.
function aloneIn(d, state) {
  if (state.scope === 'all') return () => true;
  if (state.scope === 'cycles') return (lock) => lock.component >= 0 || lock.findings.size > 0 || state.revealed.has(lock.index);
  const cyclic = d.locks.filter((lock) => lock.component >= 0 || lock.findings.size > 0).length;
  return (lock) => lock.findings.size > 0 || state.revealed.has(lock.index) || (cyclic <= smallCycle && lock.component >= 0);
}

// foldOf returns the group that stands for a lock, or null.
function foldOf(d, lock, state, alone) {
  if (state.scope !== 'overview' || alone(lock)) return null;
  const { package: p, type } = lock.group;
  const open = (group) => state.unfolded.has(group.key);
  if (type && open(type)) return null;
  if (open(p)) return type && p.locks.length > large ? type : null;
  return p.other && !open(d.others) ? d.others : p;
}

// boxes puts nodes into the boxes of their package and, where two locks of a
// type are drawn, of their type.
function boxes(nodes) {
  const drawn = new Map(); // locks drawn on their own, by the key of a group
  for (const { lock } of nodes) {
    if (!lock) continue;
    for (const g of [lock.group.package, lock.group.type]) if (g) drawn.set(g, (drawn.get(g) ?? 0) + 1);
  }
  const made = new Map();
  const box = (group, parent) => {
    const id = `box ${group.key}`;
    if (!made.has(id)) made.set(id, { id, group, parent });
    return id;
  };
  for (const node of nodes) {
    const { package: p, type } = node.locks[0].group;
    if (node.fold?.many) continue;
    const typed = node.fold && node.fold !== p; // a folded type stands in its package's box
    if (node.fold && !typed && !drawn.has(p)) continue;
    node.parent = box(p, null);
    if (node.lock && type && nodes.length <= few && (drawn.get(type) ?? 0) > 1) node.parent = box(type, node.parent);
    node.rest = !typed && node.fold === p;
  }
  return [...made.values()];
}

// links joins the edges between the same two nodes, and chooses which to draw.
function links(d, state, of, nodes, shown) {
  const byEnds = new Map();
  for (const e of d.edges) {
    const a = of[e.held];
    const b = of[e.acquired];
    if (!a || !b) continue;
    // What is left of a package, and of all packages, stands above and below
    // everything: its edges say nothing.
    if (!state.implied && [a, b].some((n) => n.rest || n.fold?.many)) continue;
    const told = [...e.findings].some((f) => shown.has(f));
    if (a === b && (!a.lock || !told)) continue;
    const key = a.place * nodes.length + b.place;
    let link = byEnds.get(key);
    if (!link) {
      link = { from: a, to: b, edges: [], told: false, also: false };
      byEnds.set(key, link);
    }
    link.edges.push(e);
    link.told ||= told;
    link.also ||= [...e.also].some((f) => shown.has(f));
  }
  const all = [...byEnds.values()];
  const { keep, against } = backbone(nodes.length, all.map((l) => [l.from.place, l.to.place]));
  const kept = new Set(keep);
  const back = new Set(against);
  // What runs against the order is what cycles are made of. A few of them are a
  // help, hundreds a hairball.
  const showBack = against.length <= 24;
  // So with the edges of findings: of a few, all have a part in the layout, which
  // keeps them apart; more are drawn over it.
  const roomy = all.filter((l) => l.told).length <= 24;
  const picked = state.selected?.type === 'edge' ? d.edges[state.selected.index] : null;
  all.forEach((link, i) => {
    link.against = back.has(i);
    link.ranked = kept.has(i) || (link.told && roomy);
    link.drawn = link.ranked || link.told || state.implied || (link.against && showBack) || link.edges.includes(picked);
  });
  return all.filter((l) => l.drawn);
}
