// The keyboard. Letters work wherever no text is typed; those that move in the
// graph, where it has the focus.

import { byId } from './dom.js';

export function bindKeys(page) {
  const { cy, state, go } = page;
  let at = { node: '', edge: '' }; // the ids of what n, p and e have reached

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches('input[type="search"], select');
    if (typing) return;
    const inGraph = event.target === byId('graph');
    const action = anywhere[event.key] ?? (inGraph ? graph[event.key] : undefined);
    if (!action) return;
    event.preventDefault();
    action();
  });
  byId('zoom-in').addEventListener('click', () => zoom(1.25));
  byId('zoom-out').addEventListener('click', () => zoom(0.8));
  byId('zoom-fit').addEventListener('click', page.fitAll);

  const anywhere = {
    '/': () => byId('search').focus(),
    j: () => nextFinding(1),
    k: () => nextFinding(-1),
    i: () => page.setImplied(!state.implied),
    t: page.toggleTheme,
    '?': () => {
      page.help();
      byId('details').focus();
    },
    Escape: page.clear,
    '+': () => zoom(1.25),
    '=': () => zoom(1.25),
    '-': () => zoom(0.8),
    0: page.fitAll,
  };
  const graph = {
    ArrowLeft: () => cy.panBy({ x: 60, y: 0 }),
    ArrowRight: () => cy.panBy({ x: -60, y: 0 }),
    ArrowUp: () => cy.panBy({ x: 0, y: 60 }),
    ArrowDown: () => cy.panBy({ x: 0, y: -60 }),
    n: () => nextNode(1),
    p: () => nextNode(-1),
    e: nextEdge,
    Enter: open,
  };

  function zoom(by) {
    cy.zoom({ level: cy.zoom() * by, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  }

  function nextFinding(by) {
    const list = page.findings();
    if (list.length === 0) return;
    const at = state.selected?.type === 'finding' ? list.findIndex((f) => f.index === state.selected.index) : by > 0 ? -1 : 0;
    const next = list[(at + by + list.length) % list.length];
    go.finding(next.index);
    document.querySelector(`[data-finding="${next.index}"]`)?.focus();
  }

  // Nodes are walked as they stand: from left to right, from top to bottom.
  function nextNode(by) {
    const nodes = cy.nodes('.lock, .fold').sort((a, b) => a.position('x') - b.position('x') || a.position('y') - b.position('y')).toArray();
    if (nodes.length === 0) return;
    const next = step(nodes, at.node, by);
    at = { node: next.id(), edge: '' };
    next.emit('tap');
    inSight(next);
  }

  // The edges of the node that n and p have reached.
  function nextEdge() {
    const edges = cy.getElementById(at.node).connectedEdges().toArray();
    if (edges.length === 0) return;
    const next = step(edges, at.edge, 1);
    at.edge = next.id();
    next.emit('tap');
  }

  // step returns the element after (or before) the one of that id, around the end.
  function step(list, id, by) {
    const i = list.findIndex((e) => e.id() === id);
    return list[((i < 0 && by < 0 ? 0 : i) + by + list.length) % list.length];
  }

  function open() {
    const node = cy.getElementById(at.node);
    if (node.nonempty() && at.edge === '') node.emit('dbltap');
    else byId('details').focus();
  }

  function inSight(node) {
    const { x, y } = node.renderedPosition();
    if (x < 0 || y < 0 || x > cy.width() || y > cy.height()) cy.center(node);
  }
}
