// The search box: a combobox over locks, types, packages, findings and the
// functions of witnesses.

import { byId, el } from './dom.js';

const most = 40;

export function newSearch(d, go, matched) {
  const input = byId('search');
  const list = byId('hits');
  let entries; // made when first needed: the functions are many
  let hits = [];
  let at = -1;

  input.addEventListener('input', find);
  input.addEventListener('focus', find);
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter') choose(Math.max(at, 0));
    else if (event.key === 'Escape') {
      input.value = '';
      find();
      input.blur();
    } else return;
    event.preventDefault();
  });

  function find() {
    entries ??= index(d, go);
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const all = words.length === 0 ? [] : entries.filter((e) => words.every((w) => e.key.includes(w)));
    hits = all.slice(0, most);
    at = -1;
    list.replaceChildren(...hits.map((h, i) => el('li', { role: 'option', id: `hit${i}`, 'aria-selected': 'false', onmousedown: (event) => {
      event.preventDefault();
      choose(i);
    } }, h.text, el('small', {}, h.note))));
    if (words.length > 0 && all.length === 0) list.append(el('li', {}, el('small', {}, 'nothing of that name')));
    else if (all.length > most) list.append(el('li', {}, el('small', {}, `${all.length - most} more`)));
    list.hidden = words.length === 0;
    input.setAttribute('aria-expanded', String(!list.hidden));
    matched(all.filter((h) => h.lock !== undefined).map((h) => h.lock));
  }

  function move(by) {
    if (hits.length === 0) return;
    list.children[at]?.setAttribute('aria-selected', 'false');
    at = (at + by + hits.length) % hits.length;
    const item = list.children[at];
    item.setAttribute('aria-selected', 'true');
    item.scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', item.id);
  }

  function choose(i) {
    if (!hits[i]) return;
    close();
    hits[i].open();
  }

  function close() {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  }
}

// index lists what can be found: locks first, then packages and types, findings,
// functions.
function index(d, go) {
  const entries = [];
  const add = (key, text, note, open, lock) => entries.push({ key: key.toLowerCase(), text, note, open, lock });
  for (const l of d.locks) add(`${l.name} ${l.short}`, l.short, 'lock', () => go.reveal(l.index), l.index);
  for (const p of d.groups) {
    add(`${p.title} ${p.label}`, p.label, 'package', () => go.group(p));
    for (const t of p.types.values()) if (t.label !== '' && t.locks.length > 1) add(t.title, `${p.label}.${t.label}`, 'type', () => go.group(t));
  }
  for (const f of d.findings) add(`${f.id} ${f.kind} ${f.message}`, `${f.kind} ${f.id}`, f.message, () => go.finding(f.index));
  const functions = new Map(); // the first edge that a function has a part in
  for (const e of d.edges) {
    for (const w of e.witnesses) {
      for (const s of w.s) if (!functions.has(d.steps[s][0])) functions.set(d.steps[s][0], e);
    }
  }
  for (const [fn, e] of functions) {
    const name = d.strings[fn];
    add(name, name, `function, on ${d.locks[e.held].short} \u2192 ${d.locks[e.acquired].short}`, () => go.edge(e.index));
  }
  return entries;
}
