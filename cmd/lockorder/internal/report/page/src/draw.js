// The drawing: cytoscape, with our positions and the colours of page.css.

import cytoscape from 'cytoscape';
import { few, place } from './layout.js';

const font = '"DejaVu Sans", system-ui, "Segoe UI", sans-serif';
const size = 14; // of the labels, at zoom 1
const many = 300; // links
const calm = matchMedia('(prefers-reduced-motion: reduce)');
const measure = document.createElement('canvas').getContext('2d');

function widthOf(text, size, weight = 'normal') {
  measure.font = `${weight} ${size}px ${font}`;
  return Math.max(...text.split('\n').map((line) => measure.measureText(line).width));
}

// short cuts a label: the details have it in full.
function short(text, most) {
  return text.length > most ? `${text.slice(0, most - 1)}\u2026` : text;
}

export function newDrawing(container, on) {
  const cy = cytoscape({
    container, style: style(), minZoom: 0.03, maxZoom: 4, autoungrabify: true,
    boxSelectionEnabled: false, autounselectify: true,
  });
  cy.on('tap', (event) => on.tap(event.target === cy ? null : event.target.data()));
  cy.on('dbltap', 'node', (event) => on.open(event.target.data()));
  cy.on('mouseover', 'node, edge', (event) => { container.style.cursor = event.target.isParent() ? '' : 'pointer'; });
  cy.on('mouseout', () => { container.style.cursor = ''; });
  return cy;
}

// show draws a view anew.
export function show(cy, v) {
  for (const n of v.nodes) {
    n.label = labelOf(n);
    n.width = Math.ceil(widthOf(n.label, size, n.told ? 'bold' : 'normal')) + 20;
    n.height = n.lock ? 28 : 42;
  }
  for (const l of v.links) l.labelWidth = l.label ? widthOf(l.label, 13) + 12 : 0;
  place(v, cy.width() / Math.max(cy.height(), 1));
  // To draw a thousand arrows takes longer than a frame: then a picture of them
  // is moved while the reader drags or zooms. The option of cytoscape for this
  // cannot be changed later, but the renderer looks at it anew each time.
  cy.renderer().textureOnViewport = v.links.length > many;
  cy.batch(() => {
    cy.elements().remove();
    cy.add([...v.boxes.map((box) => boxElement(box, v.nodes.length > few)), ...v.nodes.map(nodeElement), ...v.links.map(linkElement)]);
  });
}

// labelOfEdge says who makes an edge of a finding, and what to cut there.
export function labelOfEdge(g) {
  return short(g.label, 36) + (g.cut ? `\n\u2702 ${short(g.cut, 36)}` : '');
}

function labelOf(n) {
  if (n.lock) return short(n.lock.label, 44);
  const count = n.locks.length === 1 ? '1 lock' : `${n.locks.length} ${n.rest ? 'more ' : ''}locks`;
  return `${short(n.fold.label, 40)}\n${count}`;
}

// A large graph is first seen from afar: the names of its boxes are large.
function boxElement(box, far) {
  return { data: { id: box.id, parent: box.parent ?? undefined, label: short(box.group.label, 50), group: box.group.key }, pannable: true, classes: `box${box.parent ? ' type' : ''}${far ? ' far' : ''}` };
}

function nodeElement(n) {
  const classes = [n.lock ? 'lock' : 'fold'];
  if (n.told) classes.push('told');
  else if (n.locks.some((l) => l.component >= 0)) classes.push('cyclic');
  return {
    data: { id: n.id, parent: n.parent, label: n.label, width: n.width, height: n.height, lock: n.lock?.index, group: n.fold?.key },
    pannable: true, position: { x: n.x, y: n.y }, classes: classes.join(' '),
  };
}

function linkElement(l) {
  const data = { id: `${l.from.id} ${l.to.id}`, source: l.from.id, target: l.to.id, label: l.label, edges: l.edges.map((e) => e.index) };
  const classes = [];
  const places = l.edges.reduce((sum, e) => sum + e.count, 0);
  data.width = Math.min(1 + Math.log2(1 + places) / 4, 3);
  if (l.bends?.length > 0) {
    data.weights = l.bends.map((b) => b.weight.toFixed(4)).join(' ');
    data.distances = l.bends.map((b) => b.distance.toFixed(2)).join(' ');
    classes.push('routed');
  } else if (l.from === l.to) classes.push('loop');
  else if (l.told || l.also) classes.push('bowed'); // two of a cycle would be one line
  else if (!l.ranked) classes.push('over');
  if (l.told) classes.push('told', ...(l.sure ? ['sure'] : []));
  else if (l.also) classes.push('also');
  else if (l.against) classes.push('against');
  return { data, classes: classes.join(' ') };
}

// Lit and faded are what a selection does, match what a search does.
const states = ['lit', 'faded', 'match', 'cut', 'at'];

// light marks elements, by the name of the mark, and takes all other marks off.
// It returns no elements, for who lights nothing.
export function light(cy, marks) {
  cy.batch(() => {
    cy.elements().removeClass(states.join(' '));
    for (const [mark, elements] of Object.entries(marks)) elements.addClass(mark);
  });
  return cy.collection();
}

export function motion(cy, viewport) {
  if (calm.matches) cy.viewport(viewport);
  else cy.stop().animate(viewport, { duration: 220 });
}

// fit shows elements as large as they are readable, and not larger.
export function fit(cy, elements) {
  if (elements.length === 0 || cy.width() === 0) return;
  cy.fit(elements, 36);
  if (cy.zoom() > 1) {
    cy.zoom(1);
    cy.center(elements);
  }
}

export function restyle(cy) { cy.style(style()); }

// style is read from the variables of page.css, so that there is one palette.
function style() {
  const css = getComputedStyle(document.documentElement);
  const c = (name) => css.getPropertyValue(`--${name}`).trim();
  return [
    { selector: 'node', style: { 'font-family': font, 'font-size': size, color: c('text'), label: 'data(label)', shape: 'round-rectangle', 'min-zoomed-font-size': 5 } },
    { selector: '.lock, .fold', style: { width: 'data(width)', height: 'data(height)', 'text-valign': 'center', 'text-wrap': 'wrap', 'background-color': c('node'), 'border-width': 1, 'border-color': c('node-line') } },
    { selector: '.fold', style: { 'border-style': 'dashed', color: c('soft'), 'background-color': c('bg') } },
    { selector: '.box', style: { 'background-color': c('box'), 'background-opacity': 0.55, 'border-width': 1, 'border-color': c('box-line'), 'text-valign': 'top', 'text-halign': 'center', 'font-size': 14, 'font-weight': 'bold', color: c('soft'), padding: 9 } },
    { selector: '.box.far', style: { 'font-size': 30 } },
    { selector: '.box.type', style: { 'background-color': c('bg'), 'font-size': 12, 'font-weight': 'normal', padding: 5 } },
    { selector: 'node.cyclic', style: { 'border-color': c('amber-line'), 'border-width': 1.5 } },
    { selector: 'node.told', style: { 'border-color': c('red'), 'border-width': 2, 'background-color': c('red-soft'), 'font-weight': 'bold' } },
    { selector: 'edge', style: { width: 'data(width)', 'line-color': c('edge'), 'target-arrow-color': c('edge'), 'target-arrow-shape': 'triangle', 'arrow-scale': 0.9, 'curve-style': 'straight', opacity: 0.8 } },
    { selector: 'edge.routed', style: { 'curve-style': 'round-segments', 'segment-weights': 'data(weights)', 'segment-distances': 'data(distances)', 'segment-radii': 18, 'edge-distances': 'node-position' } },
    { selector: 'edge.over', style: { opacity: 0.45, width: 1, 'arrow-scale': 0.7 } },
    { selector: 'edge.bowed', style: { 'curve-style': 'bezier', 'control-point-step-size': 26 } },
    { selector: 'edge.loop', style: { 'curve-style': 'bezier', 'loop-direction': '-35deg', 'loop-sweep': '50deg', 'control-point-step-size': 34 } },
    { selector: 'edge.against', style: { 'line-color': c('amber-line'), 'target-arrow-color': c('amber-line'), width: 1.5, 'line-style': 'dashed', 'curve-style': 'bezier' } },
    { selector: 'edge.also', style: { 'line-color': c('red'), 'target-arrow-color': c('red'), width: 1.5, 'z-index': 9 } },
    { selector: 'edge.told', style: { 'line-color': c('red'), 'target-arrow-color': c('red'), width: 1.6, opacity: 1, 'z-index': 10 } },
    { selector: 'edge.sure', style: { width: 3, 'z-index': 11 } },
    { selector: '.faded', style: { opacity: 0.22 } },
    { selector: '.box.faded', style: { opacity: 0.6 } },
    { selector: 'edge.lit', style: { width: 3.5, opacity: 1, 'line-opacity': 1, 'z-index': 20 } },
    { selector: 'edge.lit.told', style: { label: 'data(label)', 'font-family': font, 'font-size': 13, color: c('red'), 'text-background-color': c('bg'), 'text-background-opacity': 0.95, 'text-background-padding': 3, 'text-background-shape': 'round-rectangle', 'text-wrap': 'wrap' } },
    { selector: 'edge.cut', style: { color: c('green'), 'text-border-color': c('green'), 'text-border-width': 1.5, 'text-border-opacity': 1, 'font-weight': 'bold' } },
    { selector: 'node.lit', style: { 'border-width': 3 } },
    { selector: 'edge.at', style: { 'line-color': c('blue'), 'target-arrow-color': c('blue'), width: 4, opacity: 1, 'line-opacity': 1, 'z-index': 30 } },
    { selector: 'node.at, node.match', style: { 'border-color': c('blue'), 'border-width': 3 } },
    { selector: 'node.match', style: { 'background-color': c('blue-soft'), opacity: 1 } },
  ];
}
