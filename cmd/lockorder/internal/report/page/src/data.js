// The report as the Go program wrote it, with what the page derives from it.

import { components } from './order.js';

export function read() {
  const d = JSON.parse(document.getElementById('data').textContent);
  d.locks.forEach((lock, i) => Object.assign(lock, { index: i, out: [], in: [], findings: new Set() }));
  d.edges.forEach((edge, i) => {
    Object.assign(edge, { index: i, findings: new Set(), also: new Set() });
    d.locks[edge.held].out.push(edge);
    d.locks[edge.acquired].in.push(edge);
  });
  d.findings.forEach((finding, i) => {
    finding.index = i;
    finding.goroutines ??= [];
    finding.lockSet = new Set(finding.locks);
    finding.edgeSet = new Set(finding.goroutines.map((g) => g.edge).filter((e) => e >= 0));
    for (const e of finding.edgeSet) {
      d.edges[e].findings.add(i);
      finding.lockSet.add(d.edges[e].held).add(d.edges[e].acquired);
    }
    for (const l of [...finding.lockSet, ...finding.also.flat()]) d.locks[l].findings.add(i);
    // The other cycles of the cause have no proof of their own, but edges.
    for (const cycle of finding.also) {
      cycle.forEach((l, k) => {
        const next = cycle[(k + 1) % cycle.length];
        d.locks[l].out.find((e) => e.acquired === next)?.also.add(i);
      });
    }
  });
  // A lock of a strongly connected part can be reached from itself, whether or
  // not the way around can ever be gone.
  const { of, sizes } = components(d.locks.length, d.edges.map((e) => [e.held, e.acquired]));
  for (const lock of d.locks) lock.component = sizes[of[lock.index]] > 1 ? of[lock.index] : -1;
  d.groups = group(d);
  // The packages of no finding are one group more: a program imports many.
  const others = d.groups.filter((p) => p.locks.every((l) => l.findings.size === 0));
  for (const p of others) p.other = true;
  d.others = { key: 'others', label: 'other packages', title: 'the packages without a lock of a finding', locks: others.flatMap((p) => p.locks), many: true };
  return d;
}

// group makes the tree of packages, types and locks. A type of one lock is no
// group of its own.
function group(d) {
  const packages = d.packages.map((p, i) => ({ key: `p${i}`, label: p.short || 'elsewhere', title: p.path, locks: [], types: new Map() }));
  for (const lock of d.locks) {
    const p = packages[lock.package];
    p.locks.push(lock);
    if (!p.types.has(lock.type)) p.types.set(lock.type, { key: `t${lock.package}.${lock.type}`, label: lock.type, title: `${p.title}.${lock.type}`, locks: [] });
    p.types.get(lock.type).locks.push(lock);
  }
  for (const p of packages) {
    for (const t of p.types.values()) {
      for (const lock of t.locks) lock.group = { package: p, type: t.label !== '' && t.locks.length > 1 ? t : null };
    }
  }
  return packages;
}

// step returns one step of a story in words.
export function step(d, i) {
  const [fn, file, line, column, does, source] = d.steps[i];
  const s = d.strings;
  return { fn: s[fn], pos: line > 0 ? `${s[file]}:${line}:${column}` : '', does: s[does], source: s[source] };
}
