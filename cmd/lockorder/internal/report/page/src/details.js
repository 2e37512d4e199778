// The right side: the proof of a finding, the witnesses of an edge, the edges of
// a lock.

import { step } from './data.js';
import { button, byId, count, el, link } from './dom.js';

// A story longer than this folds its middle, as the text does.
const foldOver = 14;
const foldEnds = 6;

export function newDetails(d, go) {
  const show = (...children) => {
    const box = byId('details');
    box.replaceChildren(...children.filter(Boolean));
    box.scrollTop = 0;
  };
  const lockLink = (i) => link(d.locks[i].short, () => go.lock(i), { title: d.locks[i].name });
  const edgeName = (e) => `${d.locks[e.held].short} \u2192 ${d.locks[e.acquired].short}`;

  function story(w, { holdsNothing } = {}) {
    const held = step(d, w.h);
    const last = w.s.length - 1;
    const rows = w.s.map((i, k) => stepItem(step(d, i), { cut: w.c?.includes(k), end: k === last }));
    return [
      el('p', {}, d.strings[w.o]),
      !holdsNothing && held.source && el('code', { class: 'src' }, held.source),
      el('ol', { class: 'steps' }, ...fold(rows, w.c ?? [])),
    ];
  }

  function fold(rows, cut) {
    if (rows.length <= foldOver) return rows;
    const shown = [];
    let hidden = [];
    const flush = () => {
      if (hidden.length === 1) shown.push(hidden[0]);
      else if (hidden.length > 1) {
        const these = hidden;
        const more = el('li', {}, link(`\u2026 ${these.length} calls more`, () => {
          more.replaceWith(...these);
          these[0].tabIndex = -1;
          these[0].focus();
        }));
        shown.push(more);
      }
      hidden = [];
    };
    rows.forEach((row, i) => {
      if (i >= foldEnds && i < rows.length - foldEnds && !cut.includes(i)) hidden.push(row);
      else { flush(); shown.push(row); }
    });
    return shown;
  }

  function finding(f) {
    const parts = [
      el('h2', {}, el('span', { class: `${f.confidence} badge` }, `${f.kind} `), f.locks.map((i) => d.locks[i].short).join(', ')),
      el('p', {}, el('span', { class: 'chip' }, `${f.confidence} confidence`), ' ', el('span', { class: 'chip' }, f.id)),
      el('p', {}, f.message),
      el('p', { class: 'pos' }, f.pos),
      ...f.cuts.map((text) => el('p', { class: 'cut' }, `\u2702 ${text}`)),
    ];
    f.goroutines.forEach((g, i) => {
      const e = d.edges[g.edge];
      parts.push(el('section', { class: 'go' },
        el('h3', {}, `Goroutine ${i + 1}`, e ? ': ' : '', e ? link(edgeName(e), () => go.edge(g.edge)) : ''),
        ...story(g.story).filter(Boolean)));
    });
    if (f.second) parts.push(el('section', { class: 'go' }, el('h3', {}, 'Goroutine 2'), el('p', {}, f.second)));
    if (f.also.length > 0) {
      parts.push(el('h3', {}, 'Other cycles of the same cause'),
        el('ul', {}, ...f.also.map((locks) => el('li', {}, ...locks.flatMap((i, k) => (k > 0 ? [' \u2192 ', lockLink(i)] : [lockLink(i)]))))));
    }
    parts.push(el('h3', {}, 'What it assumes'), el('p', {}, f.reason || 'nothing that it would know of'));
    show(...parts);
  }

  function edge(e) {
    const opposite = d.locks[e.acquired].out.find((o) => o.acquired === e.held && o !== e);
    const witnesses = e.witnesses.map((w, i) => el('details', { open: i === 0 },
      el('summary', {}, `Witness ${i + 1} of ${e.witnesses.length}`), el('div', { class: 'go' }, ...story(w).filter(Boolean))));
    show(
      el('h2', {}, lockLink(e.held), ' \u2192 ', lockLink(e.acquired)),
      el('p', {}, e.count > 0 ? `${d.locks[e.acquired].short} is taken while ${d.locks[e.held].short} is held, at ${count(e.count, 'place')}.` : 'The graph has no such edge: only a finding says that the one goes before the other.'),
      findingsOf(e.findings),
      opposite && el('p', {}, 'The opposite: ', link(`${edgeName(opposite)}, ${count(opposite.count, 'place')}`, () => go.edge(opposite.index))),
      e.witnesses.length > 0 && el('h3', {}, `The shortest ${e.witnesses.length === 1 ? 'witness' : 'witnesses'}`),
      ...witnesses,
    );
  }

  function findingsOf(set) {
    if (set.size === 0) return null;
    return el('p', {}, 'In ', ...[...set].flatMap((i, k) => [k > 0 ? ', ' : '', link(`${d.findings[i].kind} ${d.findings[i].id}`, () => go.finding(i))]));
  }

  function edgeList(edges, nameOf) {
    return el('ul', { class: 'edges' }, ...edges.map((e) => el('li', {},
      link(nameOf(e), () => go.edge(e.index), { title: edgeName(e) }),
      e.findings.size > 0 ? el('span', { class: 'chip red' }, 'finding') : '',
      el('span', { class: 'count' }, ` ${e.count}`))));
  }

  const bySize = (a, b) => b.findings.size - a.findings.size || b.count - a.count || a.index - b.index;

  function lock(l) {
    show(
      el('h2', {}, l.short),
      el('p', { class: 'code' }, l.name),
      findingsOf(l.findings),
      l.component >= 0 && el('p', {}, el('span', { class: 'chip amber' }, 'strongly connected'), ` with ${count(d.locks.filter((o) => o.component === l.component).length - 1, 'other lock')}`),
      el('p', {}, button('Show in the graph', () => go.reveal(l.index))),
      el('h3', {}, `Taken while it is held (${l.out.length})`), edgeList([...l.out].sort(bySize), (e) => `\u2192 ${d.locks[e.acquired].short}`),
      el('h3', {}, `Held while it is taken (${l.in.length})`), edgeList([...l.in].sort(bySize), (e) => `${d.locks[e.held].short} \u2192`),
      el('details', { open: l.sites.length <= 8 }, el('summary', {}, `Taken at ${count(l.sites.length, 'place')}`),
        el('ol', { class: 'steps' }, ...l.sites.map((i) => stepItem(step(d, i), {})))),
    );
  }

  function group(g, folded) {
    show(
      el('h2', {}, g.label),
      el('p', { class: 'code' }, g.title),
      el('p', {}, button(folded ? 'Unfold in the graph' : 'Fold in the graph', () => go.toggle(g.key))),
      el('h3', {}, count(g.locks.length, 'lock')),
      el('ul', {}, ...g.locks.map((l) => el('li', {}, link(l.label, () => go.lock(l.index))))),
    );
  }

  // bundle lists the edges between two nodes of which one is folded.
  function bundle(edges, title) {
    show(el('h2', {}, title), el('p', {}, `${count(edges.length, 'edge')} between their locks:`), edgeList([...edges].sort(bySize), edgeName));
  }

  return { finding, edge, lock, group, bundle, help: () => show(...help(d)) };
}

function stepItem(s, { cut, end }) {
  return el('li', { class: [cut && 'cut-step', end && 'end'].filter(Boolean).join(' ') || null },
    el('b', { class: 'code' }, s.fn), ' ', s.does, cut ? ' \u2702 the cut' : '', el('br'), el('span', { class: 'pos code' }, s.pos),
    s.source && el('code', { class: 'src' }, s.source));
}

function help(d) {
  const row = (key, text) => [el('dt', {}, key), el('dd', {}, text)];
  const colour = (name, text) => el('p', {}, el('span', { class: `swatch ${name}` }), text);
  return [
    el('h2', {}, 'How to read this'),
    el('p', {}, 'An arrow leads from a lock that is held to one that is taken meanwhile. Choose a finding on the left: its cycle and its cut light up, and its proof stands here. Choose an arrow for its witnesses, a lock for its edges.'),
    colour('red', 'an edge of a finding; thin, if its confidence is not high'),
    colour('amber', 'against the order of the others, and ruled out'),
    colour('', 'an edge; edges that follow from others are left out'),
    colour('redbox', 'a lock of a finding'),
    colour('amberbox', 'a lock of a strongly connected part'),
    colour('box', 'a package or type, folded: double click or Enter unfolds'),
    el('h3', {}, 'Keys'),
    el('dl', { class: 'key' }, ...row('/', 'search'), ...row('j, k', 'next and previous finding'), ...row('arrows', 'pan, in the graph'), ...row('+ \u2212 0', 'zoom in, out, show all'),
      ...row('n, p', 'next and previous lock, in the graph'), ...row('e', 'next edge of the lock, in the graph'), ...row('Enter', 'open what is marked, in the graph'),
      ...row('i', 'implied edges'), ...row('t', 'light or dark'), ...row('?', 'this page'), ...row('Esc', 'drop the selection')),
    el('p', { class: 'soft' }, `${d.tool}. Drawn with cytoscape and dagre (MIT); their licences are in the source of this page.`),
  ];
}
