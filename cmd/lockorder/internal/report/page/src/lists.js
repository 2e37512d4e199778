// The left side: the findings with their filters, and the tree of packages,
// types and locks.

import { button, byId, count, el } from './dom.js';
import { shownFindings } from './view.js';

export function newLists(d, state, go, filtered) {
  filters('kinds', d.kinds.map((k) => ({ word: k.name, title: k.title })), state.kinds, (f) => f.kind);
  filters('levels', d.levels.map((word) => ({ word, title: '' })), state.levels, (f) => f.confidence);
  byId('tree').append(...d.groups.map(packageItem));

  // A filter for what no finding has would be noise.
  function filters(id, words, chosen, of) {
    const box = byId(id);
    let any = false;
    for (const { word, title } of words) {
      const n = d.findings.filter((f) => of(f) === word).length;
      if (n === 0) continue;
      any = true;
      const input = el('input', { type: 'checkbox', checked: true, value: word, onchange: () => {
        if (input.checked) chosen.add(word);
        else chosen.delete(word);
        filtered();
      } });
      box.append(el('label', { title }, input, ` ${word} `, el('span', { class: 'count' }, String(n))));
    }
    box.hidden = !any;
  }

  function findings() {
    const list = shownFindings(d, state);
    byId('findings-head').textContent = list.length === d.findings.length ? `Findings (${list.length})` : `Findings (${list.length} of ${d.findings.length})`;
    const items = list.map((f) => el('li', {}, button('', () => go.finding(f.index), {
      class: `finding ${f.confidence}`, 'data-finding': f.index, title: `${f.pos}: ${f.message}`,
      'aria-pressed': String(state.selected?.type === 'finding' && state.selected.index === f.index),
    })));
    items.forEach((item, i) => item.firstChild.append(...findingText(list[i])));
    byId('findings').replaceChildren(...(items.length > 0 ? items : [el('li', { class: 'count' }, d.findings.length > 0 ? 'None of these kinds and levels.' : 'None.')]));
  }

  function findingText(f) {
    return [el('span', { class: 'badge' }, f.kind), ` ${f.locks.map((i) => d.locks[i].label).join(f.kind === 'cycle' ? ' \u21c4 ' : ', ')}`,
      el('small', {}, `${f.confidence} \u00b7 ${f.pos.split('/').pop()}`)];
  }

  function packageItem(p) {
    const types = [...p.types.values()];
    return branch(p, () => types.flatMap((t) => (t.label !== '' && t.locks.length > 1 ? [branch(t, () => t.locks.map(leaf))] : t.locks.map(leaf))));
  }

  // branch makes its children when it is first opened: most never are.
  function branch(g, children) {
    const list = el('ul', { hidden: true });
    const told = g.locks.some((l) => l.findings.size > 0);
    const twist = button('\u25b8', () => {
      if (list.childElementCount === 0) list.append(...children());
      list.hidden = !list.hidden;
      twist.textContent = list.hidden ? '\u25b8' : '\u25be';
      twist.setAttribute('aria-expanded', String(!list.hidden));
    }, { class: 'twist', 'aria-expanded': 'false', 'aria-label': `Locks of ${g.label}` });
    const name = button(g.label, () => go.group(g), { class: told ? 'in-finding' : null, title: g.title });
    return el('li', {}, el('div', { class: 'row' }, twist, name, el('small', {}, count(g.locks.length, 'lock'))), list);
  }

  function leaf(l) {
    const mark = l.findings.size > 0 ? 'in-finding' : l.component >= 0 ? 'in-cycle' : null;
    return el('li', {}, button(l.label, () => go.lock(l.index), { class: mark, title: l.name }));
  }

  return { findings };
}
