// Elements are made here and nowhere else. Text becomes a text node; there is no
// way to put markup in.

export function el(name, attributes = {}, ...children) {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === undefined || value === null) continue;
    if (key.startsWith('on')) e.addEventListener(key.slice(2), value);
    else e.setAttribute(key, value === true ? '' : value);
  }
  e.append(...children.filter((c) => c !== null && c !== undefined && c !== false));
  return e;
}

export const button = (text, onclick, attributes = {}) => el('button', { type: 'button', onclick, ...attributes }, text);

export const link = (text, onclick, attributes = {}) => button(text, onclick, { class: 'link', ...attributes });

export const byId = (id) => document.getElementById(id);

export const count = (n, noun) => `${n} ${noun}${n === 1 ? '' : 's'}`;
