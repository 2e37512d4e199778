// Positions: in layers, the held lock before the acquired one (dagre). Only the
// edges that carry the order take part; others are drawn over it.

import { Graph, layout } from '@dagrejs/dagre';
import { backbone } from './order.js';

// Up to this many nodes all is laid out at once, the edges routed around the
// boxes. dagre's time grows steeply with boxes: above it each package is laid
// out by itself, then the packages.
export const few = 60;
// Up to this many, both directions are tried.
const fewer = 150;
const gap = 14; // between nodes without edges

// place gives each node x and y, and each link that took part its bends. The
// layers run to the right or down, whichever fills a window of that aspect
// (width by height) better.
export function place(v, aspect) {
  if (v.nodes.length <= few) placeAtOnce(v, aspect);
  else placeByBox(v, aspect);
}

function placeAtOnce(v, aspect) {
  const linked = linkedNodes(v.nodes, v.links);
  // What is in the box of a linked node must stay beside it.
  const inUse = new Set([...linked].map((n) => n.parent));
  for (const n of v.nodes) if (n.parent && inUse.has(n.parent)) linked.add(n);
  const size = layered([...linked], v.boxes, v.links.filter((l) => l.ranked), aspect);
  const loose = v.nodes.filter((n) => !linked.has(n));
  spread(loose, Math.max(size.width, 900));
  shift(loose, size.height + 40);
}

function placeByBox(v, aspect) {
  const top = new Map(v.boxes.map((box) => [box.id, box.parent ?? box.id]));
  const cells = new Map(); // by top box, or by node
  for (const n of v.nodes) {
    const id = n.parent ? top.get(n.parent) : n.id;
    if (!cells.has(id)) cells.set(id, { id, nodes: [], place: cells.size });
    cells.get(id).nodes.push(n);
    n.cell = cells.get(id);
  }
  const list = [...cells.values()];
  for (const cell of list) {
    const inner = v.links.filter((l) => l.ranked && l.from.cell === cell && l.to.cell === cell);
    const linked = linkedNodes(cell.nodes, inner);
    const size = layered([...linked], [], inner, aspect);
    const loose = cell.nodes.filter((n) => !linked.has(n));
    const rest = spread(loose, Math.max(size.width, Math.sqrt(loose.length) * 160));
    shift(loose, size.height);
    const border = cell.nodes[0].parent ? 24 : 0; // for the box and its name
    Object.assign(cell, { width: Math.max(size.width, rest.width) + border, height: size.height + rest.height + border, border });
  }
  const outer = new Map();
  for (const l of v.links) {
    if (l.from.cell !== l.to.cell) outer.set(l.from.cell.place * list.length + l.to.cell.place, { from: l.from.cell, to: l.to.cell });
  }
  const all = [...outer.values()];
  const { keep } = backbone(list.length, all.map((l) => [l.from.place, l.to.place]));
  const kept = keep.map((i) => all[i]);
  const linked = linkedNodes(list, kept);
  const size = layered([...linked], [], kept, aspect);
  const loose = list.filter((c) => !linked.has(c));
  spread(loose, Math.max(size.width, 900));
  shift(loose, size.height + 40);
  for (const cell of list) {
    const [dx, dy] = [cell.x - cell.width / 2 + cell.border / 2, cell.y - cell.height / 2 + cell.border / 2];
    for (const n of cell.nodes) Object.assign(n, { x: n.x + dx, y: n.y + dy });
  }
}

function linkedNodes(nodes, links) {
  const linked = new Set();
  for (const l of links) if (l.ranked !== false) linked.add(l.from).add(l.to);
  return new Set(nodes.filter((n) => linked.has(n)));
}

// layered gives nodes their places and links their bends, and returns the size.
function layered(nodes, boxes, links, aspect) {
  if (nodes.length === 0) return { width: 0, height: 0 };
  const directions = nodes.length <= fewer ? ['LR', 'TB'] : ['LR'];
  const g = directions.map((rankdir) => run(nodes, boxes, links, rankdir)).
    reduce((a, b) => (spareness(a, aspect) <= spareness(b, aspect) ? a : b));
  // Where there is room left above or beside, arrows get more of it.
  const { width, height } = g.graph();
  const stretch = (free) => Math.min(Math.max(free, 1), 1.9);
  const [sx, sy] = [stretch((height * aspect) / width), stretch(width / aspect / height)];
  const scaled = ({ x, y }) => ({ x: x * sx, y: y * sy });
  for (const n of nodes) Object.assign(n, scaled(g.node(n.id)));
  for (const l of links) if (l.from !== l.to) l.bends = bends(l, g.edge(l.from.id, l.to.id).points.map(scaled));
  part(links);
  return { width: width * sx, height: height * sy };
}

// part moves the two arrows between the same two locks of findings further
// apart: where they run steeply, dagre leaves little between them.
function part(links) {
  const middle = (l) => l.bends[l.bends.length >> 1].distance;
  for (const l of links) {
    const o = links.find((other) => other.from === l.to && other.to === l.from);
    if (!l.told || !o?.told || l === o || !l.bends?.length || !o.bends?.length || l.from.place > l.to.place) continue;
    const side = middle(l) + middle(o) >= 0 ? 14 : -14; // each sees its left
    for (const b of [...l.bends, ...o.bends]) b.distance += side;
  }
}

// spareness is how far one must go away to see all of a layout.
function spareness(g, aspect) {
  const { width, height } = g.graph();
  return Math.max(width / aspect, height);
}

function run(nodes, boxes, links, rankdir) {
  const g = new Graph({ compound: boxes.length > 0 });
  g.setGraph({ rankdir, nodesep: rankdir === 'LR' ? 12 : 18, ranksep: 26, edgesep: 10, marginx: 8, marginy: 8, ranker: nodes.length <= fewer ? 'network-simplex' : 'tight-tree' });
  if (boxes.length > 0) setBoxes(g, nodes, boxes);
  for (const n of nodes) {
    g.setNode(n.id, { width: n.width, height: n.height });
    if (n.parent && boxes.length > 0) g.setParent(n.id, n.parent);
  }
  for (const l of links) {
    if (l.from === l.to) continue;
    // The two edges of a cycle keep apart, so that their labels find room.
    const room = !l.told ? {} : rankdir === 'LR' ? { width: Math.min(l.labelWidth, 40), height: 32 } : { width: Math.min(l.labelWidth, 90), height: 16 };
    g.setEdge(l.from.id, l.to.id, { weight: l.told ? 6 : 1, minlen: 1, labelpos: 'c', ...room });
  }
  layout(g);
  return g;
}

// setBoxes sets those boxes that some node is in: to others dagre would give
// places of their own.
function setBoxes(g, nodes, boxes) {
  const parents = new Map(boxes.map((box) => [box.id, box.parent]));
  const used = new Set();
  for (const n of nodes) for (let p = n.parent; p; p = parents.get(p)) used.add(p);
  for (const [box, parent] of parents) {
    if (!used.has(box)) continue;
    g.setNode(box, {});
    if (parent) g.setParent(box, parent);
  }
}

// bends turns the inner points of a route into the form that cytoscape wants:
// for each its part of the way, and its distance from the straight line.
function bends(l, points) {
  const dx = l.to.x - l.from.x;
  const dy = l.to.y - l.from.y;
  const length = Math.hypot(dx, dy) || 1;
  return points.slice(1, -1).map(({ x, y }) => {
    const px = x - l.from.x;
    const py = y - l.from.y;
    return { weight: (px * dx + py * dy) / (length * length), distance: (py * dx - px * dy) / length };
  });
}

// spread puts what has no edges in rows of that width, and returns their size.
function spread(nodes, width) {
  let [x, y, high, wide] = [0, 0, 0, 0];
  for (const n of nodes) {
    if (x > 0 && x + n.width > width) [x, y, high] = [0, y + high + gap, 0];
    Object.assign(n, { x: x + n.width / 2, y: y + n.height / 2 });
    x += n.width + gap;
    high = Math.max(high, n.height);
    wide = Math.max(wide, x);
  }
  return { width: wide, height: nodes.length > 0 ? y + high + gap : 0 };
}

function shift(nodes, dy) {
  for (const n of nodes) n.y += dy;
}
