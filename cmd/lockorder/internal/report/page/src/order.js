// What to draw of a graph. A lock graph is nearly its own transitive closure:
// who holds A over a call holds it over all that the call takes. Drawn in full,
// 300 locks are 10 000 lines. So the edges that follow from others are left out.

// components returns the strongly connected components (Tarjan): for each node
// the number of its component, and their sizes. They are numbered callees first.
export function components(n, edges) {
  const next = adjacency(n, edges);
  const of = new Int32Array(n).fill(-1);
  const index = new Int32Array(n).fill(-1);
  const low = new Int32Array(n);
  const stack = [];
  const sizes = [];
  let count = 0;
  for (let root = 0; root < n; root++) {
    if (index[root] >= 0) continue;
    const walk = [[root, 0]]; // no recursion: a chain of locks may be long
    while (walk.length > 0) {
      const top = walk[walk.length - 1];
      const [v, i] = top;
      if (i === 0) {
        index[v] = low[v] = count++;
        stack.push(v);
      }
      if (i < next[v].length) {
        top[1]++;
        const w = next[v][i];
        if (index[w] < 0) walk.push([w, 0]);
        else if (of[w] < 0) low[v] = Math.min(low[v], index[w]);
        continue;
      }
      walk.pop();
      if (walk.length > 0) {
        const parent = walk[walk.length - 1][0];
        low[parent] = Math.min(low[parent], low[v]);
      }
      if (low[v] === index[v]) {
        let w;
        let size = 0;
        do {
          w = stack.pop();
          of[w] = sizes.length;
          size++;
        } while (w !== v);
        sizes.push(size);
      }
    }
  }
  return { of, sizes };
}

function adjacency(n, edges) {
  const next = Array.from({ length: n }, () => []);
  for (const [a, b] of edges) next[a].push(b);
  return next;
}

// backbone divides edges, by their places in the list: keep are those from
// which all others in the direction of the order follow, against those that run
// against it. Self edges are in neither.
export function backbone(n, edges) {
  const place = order(n, edges);
  const against = [];
  const forward = Array.from({ length: n }, () => []);
  edges.forEach(([a, b], i) => {
    if (place[a] < place[b]) forward[a].push(i);
    else if (place[a] > place[b]) against.push(i);
  });
  // The transitive reduction of an acyclic graph: from the last node to the
  // first, an edge is kept if no kept one before it leads to its end.
  const words = (n + 31) >> 5;
  const reach = Array.from({ length: n }, () => new Uint32Array(words));
  const byPlace = Array.from({ length: n }, (_, v) => v).sort((a, b) => place[b] - place[a]);
  const keep = [];
  for (const v of byPlace) {
    const mine = reach[v];
    for (const i of forward[v].sort((x, y) => place[edges[x][1]] - place[edges[y][1]])) {
      const w = edges[i][1];
      if (mine[w >> 5] & (1 << (w & 31))) continue;
      keep.push(i);
      mine[w >> 5] |= 1 << (w & 31);
      for (let k = 0; k < words; k++) mine[k] |= reach[w][k];
    }
  }
  return { keep, against };
}

// order puts the nodes in a row such that few edges run backwards: components
// in topological order, within each the greedy rule of Eades, Lin and Smyth (A
// fast and effective heuristic for the feedback arc set problem, 1993).
function order(n, edges) {
  const { of, sizes } = components(n, edges);
  const members = sizes.map(() => []);
  for (let v = 0; v < n; v++) members[of[v]].push(v);
  const next = Array.from({ length: n }, () => new Set());
  const prev = Array.from({ length: n }, () => new Set());
  for (const [a, b] of edges) {
    if (a === b || of[a] !== of[b]) continue;
    next[a].add(b);
    prev[b].add(a);
  }
  const row = [];
  for (let c = sizes.length - 1; c >= 0; c--) row.push(...greedy(members[c], next, prev));
  const place = new Int32Array(n);
  row.forEach((v, i) => { place[v] = i; });
  return place;
}

function greedy(nodes, next, prev) {
  const left = new Set(nodes);
  const head = [];
  const tail = [];
  while (left.size > 0) {
    let best = -1;
    let score = -Infinity;
    let last = false;
    for (const v of left) {
      if (next[v].size === 0) { best = v; last = true; break; }
      const s = prev[v].size === 0 ? Infinity : next[v].size - prev[v].size;
      if (s > score) { best = v; score = s; }
    }
    (last ? tail : head).push(best);
    left.delete(best);
    for (const w of next[best]) prev[w].delete(best);
    for (const w of prev[best]) next[w].delete(best);
  }
  return head.concat(tail.reverse());
}
