// Puts the parts together: what is selected, and what each part shows of it.

import { read } from './data.js';
import { newDetails } from './details.js';
import { byId, count } from './dom.js';
import { fit, labelOfEdge, light, motion, newDrawing, restyle, show } from './draw.js';
import { bindKeys } from './keys.js';
import { newLists } from './lists.js';
import { newSearch } from './search.js';
import { newState, shownFindings, view } from './view.js';

const d = read();
const state = newState(d);
let drawn; // the view that the graph shows

setTheme(matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
byId('summary').textContent = byId('summary').title = d.summary;
byId('scope').value = state.scope;

const go = { finding: selectFinding, edge: selectEdge, lock: selectLock, reveal, group: selectGroup, toggle: toggleFold };
const details = newDetails(d, go);
const lists = newLists(d, state, go, filtered);
const cy = newDrawing(byId('graph'), { tap, open });
newSearch(d, go, matched);
bindKeys({ cy, state, go, clear, fitAll: () => fit(cy, cy.elements()), toggleTheme, help, setImplied, findings: () => shownFindings(d, state) });

byId('scope').addEventListener('change', (event) => {
  state.scope = event.target.value;
  redraw();
  home();
});
byId('implied').addEventListener('change', (event) => setImplied(event.target.checked));
byId('theme').addEventListener('click', toggleTheme);
byId('help').addEventListener('click', help);

// redraw lays the graph out anew, and marks the selection in it.
function redraw() {
  drawn = view(d, state);
  const shown = new Set(shownFindings(d, state).map((f) => f.index));
  for (const n of drawn.nodes) n.told = n.lock !== null && [...n.lock.findings].some((f) => shown.has(f));
  for (const l of drawn.links) {
    l.label = labelOf(l, shown);
    l.sure = l.edges.some((e) => [...e.findings].some((f) => shown.has(f) && d.findings[f].confidence === d.levels[0]));
  }
  show(cy, drawn);
  const inGraph = (edges) => edges.filter((e) => e.count > 0).length;
  const edges = drawn.links.reduce((sum, l) => sum + inGraph(l.edges), 0);
  const known = inGraph(d.edges);
  byId('drawn').textContent = `${edges} of ${count(known, 'edge')} drawn`;
  mark();
}

// labelOf says who makes an edge of a finding: the selected one, or the first.
function labelOf(l, shown) {
  if (!l.told) return '';
  const told = l.edges.flatMap((e) => [...e.findings].filter((f) => shown.has(f)).map((f) => [e, d.findings[f]]));
  const chosen = state.selected?.type === 'finding' ? told.find(([, f]) => f.index === state.selected.index) : null;
  const [e, f] = chosen ?? told[0];
  return labelOfEdge(f.goroutines.find((g) => g.edge === e.index));
}

// home is where the reader starts: all of the graph, or if that would be too
// small to read, what the findings speak of.
function home() {
  fit(cy, cy.elements());
  const told = cy.elements('.told');
  if (cy.zoom() < 0.55 && told.length > 0) fit(cy, told);
}

const nodeOf = (lock) => cy.getElementById(drawn.of[lock]?.id ?? '');
const linkOf = (edge) => cy.edges().filter((e) => e.data('edges').includes(edge));

// mark lights what is selected, fades the rest, and returns what it has lit.
function mark() {
  const s = state.selected;
  if (s === null) return light(cy, {});
  let lit = cy.collection();
  const marks = {};
  if (s.type === 'finding') {
    const f = d.findings[s.index];
    for (const l of f.lockSet) lit = lit.union(nodeOf(l));
    let cut = cy.collection();
    for (const g of f.goroutines) {
      const e = linkOf(g.edge);
      e.data('label', labelOfEdge(g));
      lit = lit.union(e);
      if (g.story.c) cut = cut.union(e);
    }
    marks.cut = cut;
  } else if (s.type === 'edge' || s.type === 'bundle') {
    marks.at = linkOf(s.index);
    lit = marks.at.union(marks.at.connectedNodes());
  } else {
    const locks = s.type === 'lock' ? [s.index] : groupOf(s.key).locks.map((l) => l.index);
    marks.at = cy.collection();
    for (const l of locks) marks.at = marks.at.union(nodeOf(l));
    lit = marks.at.closedNeighborhood();
  }
  if (lit.empty()) return light(cy, {}); // it is not drawn
  const keep = lit.union(lit.ancestors());
  light(cy, { lit: s.type === 'finding' || s.type === 'edge' ? lit : cy.collection(), faded: cy.elements().not(keep).not('.box'), ...marks });
  return lit;
}

function select(s) {
  state.selected = s;
  lists.findings();
}

function selectFinding(i) {
  const f = d.findings[i];
  select({ type: 'finding', index: i });
  details.finding(f);
  ensure([...f.lockSet], [...f.edgeSet]);
  look(mark());
  setAddress(`#${encodeURIComponent(f.id)}`);
  say(`${f.kind} ${f.id}`);
}

function selectEdge(i) {
  const e = d.edges[i];
  select({ type: 'edge', index: i });
  details.edge(e);
  ensure([e.held, e.acquired], [i]);
  look(mark());
  say(`${d.locks[e.held].short} \u2192 ${d.locks[e.acquired].short}`);
}

function selectLock(i) {
  select({ type: 'lock', index: i });
  details.lock(d.locks[i]);
  mark();
  say(d.locks[i].short);
}

// reveal selects a lock and has it drawn on its own.
function reveal(i) {
  selectLock(i);
  ensure([i], []);
  mark();
  look(nodeOf(i).closedNeighborhood());
}

function selectGroup(g) {
  select({ type: 'group', key: g.key });
  details.group(g, !state.unfolded.has(g.key));
  look(mark());
}

// ensure draws the graph anew if it lacks one of these locks or edges.
function ensure(locks, edges) {
  const hidden = locks.filter((l) => nodeOf(l).empty() || drawn.of[l].lock === null);
  for (const l of hidden) state.revealed.add(l);
  if (hidden.length > 0 || edges.some((e) => linkOf(e).empty())) redraw();
}

// readable is the zoom from which labels can be read with ease.
const readable = 0.8;

// look moves to elements that are not in sight, or would be too small.
function look(elements) {
  if (elements.empty()) return;
  const box = elements.renderedBoundingBox();
  const inside = box.x1 >= 0 && box.y1 >= 0 && box.x2 <= cy.width() && box.y2 <= cy.height();
  if (inside && cy.zoom() >= readable) return;
  const from = { zoom: cy.zoom(), pan: { ...cy.pan() } };
  fit(cy, elements);
  const target = { zoom: cy.zoom(), pan: { ...cy.pan() } };
  cy.viewport(from);
  motion(cy, target);
}

function toggleFold(key) {
  if (state.scope !== 'overview') byId('scope').value = state.scope = 'overview';
  if (state.unfolded.has(key)) {
    state.unfolded.delete(key);
    for (const p of d.groups) {
      if (p.key === key || [...p.types.values()].some((t) => t.key === key)) for (const l of p.locks) state.revealed.delete(l.index);
    }
  } else state.unfolded.add(key);
  redraw();
  const g = groupOf(key);
  details.group(g, !state.unfolded.has(key));
  let members = cy.collection();
  for (const l of g.locks) members = members.union(nodeOf(l.index));
  look(members);
}

function groupOf(key) {
  if (key === d.others.key) return d.others;
  for (const p of d.groups) {
    if (p.key === key) return p;
    for (const t of p.types.values()) if (t.key === key) return t;
  }
  return null;
}

function tap(data) {
  byId('graph').focus({ preventScroll: true });
  if (data === null) return clear();
  if (data.edges) {
    if (data.edges.length === 1) return selectEdge(data.edges[0]);
    const ends = cy.getElementById(data.id);
    select({ type: 'bundle', index: data.edges[0] });
    mark();
    return details.bundle(data.edges.map((i) => d.edges[i]), `${ends.source().data('label').split('\n')[0]} \u2192 ${ends.target().data('label').split('\n')[0]}`);
  }
  if (data.lock !== undefined) return selectLock(data.lock);
  if (data.group) return selectGroup(groupOf(data.group));
}

// open is a double click, or Enter.
function open(data) {
  if (data.lock !== undefined) reveal(data.lock);
  else if (data.group) toggleFold(data.group);
}

function clear() {
  select(null);
  mark();
  details.help();
  setAddress(location.pathname + location.search);
  say('');
}

function filtered() {
  const s = state.selected;
  if (s?.type === 'finding' && !shownFindings(d, state).some((f) => f.index === s.index)) clear();
  lists.findings();
  redraw();
  say(count(shownFindings(d, state).length, 'finding'));
}

// matched marks what a search found.
function matched(locks) {
  cy.batch(() => {
    cy.nodes().removeClass('match');
    for (const l of locks) nodeOf(l).addClass('match');
  });
  if (byId('search').value !== '') say(`${count(locks.length, 'lock')} found`);
}

function setImplied(on) {
  state.implied = byId('implied').checked = on;
  redraw();
}

function help() {
  select(null);
  mark();
  details.help();
}

function setTheme(name) {
  document.documentElement.dataset.theme = name;
  byId('theme').textContent = name === 'dark' ? '\u263c' : '\u263e';
}

function toggleTheme() {
  setTheme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark');
  restyle(cy);
}

function say(text) { byId('said').textContent = text; }

// setAddress makes the selection part of the address. Where the page is shown in
// a frame of a CI server, it may not: then there is no address to pass on.
function setAddress(address) {
  try { history.replaceState(null, '', address); } catch { /* see above */ }
}

// fromAddress selects the finding that the address names: report.html#LO-1.
function fromAddress() {
  let id = '';
  try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
  const f = d.findings.find((g) => g.id === id);
  if (f && !(state.selected?.type === 'finding' && state.selected.index === f.index)) selectFinding(f.index);
}

// All is declared: begin.
lists.findings();
redraw();
home();
details.help();
fromAddress();
addEventListener('hashchange', fromAddress);
document.documentElement.dataset.ready = 'true';
performance.mark('drawn');
