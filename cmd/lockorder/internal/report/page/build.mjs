// Builds dist, which the Go program embeds, from src and node_modules.
//
// The first line of page.js says from which sources it was built: a Go test
// compares, so that a forgotten build is noticed without npm.

import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const sources = [...readdirSync('src').sort().map((name) => `src/${name}`), 'build.mjs', 'package-lock.json'];
const sum = createHash('sha256');
for (const name of sources) sum.update(`${name}\n`).update(readFileSync(name));

// The licences of what is bundled go along, into the repository and every page.
const bundled = ['cytoscape', '@dagrejs/dagre', '@dagrejs/graphlib'];
const licences = bundled.map((name) => {
  const dir = `node_modules/${name}`;
  const { version } = JSON.parse(readFileSync(`${dir}/package.json`, 'utf8'));
  return `${name} ${version}\n\n${readFileSync(`${dir}/LICENSE`, 'utf8').trim()}\n`;
}).join(`\n${'-'.repeat(72)}\n\n`);

mkdirSync('dist', { recursive: true });
writeFileSync('dist/LICENSES', licences);
copyFileSync('src/page.html', 'dist/page.html');
const shared = { minify: true, charset: 'ascii', legalComments: 'none', logLevel: 'warning' };
await build({
  ...shared,
  entryPoints: ['src/main.js'],
  outfile: 'dist/page.js',
  bundle: true,
  format: 'iife',
  target: 'es2022',
  banner: { js: `// sources ${sum.digest('hex')}\n/*!\n${licences.replaceAll('*/', '* /')}*/` },
});
await build({ ...shared, entryPoints: ['src/page.css'], outfile: 'dist/page.css' });
