// Each entry is one file without imports, but for those that import a module as a file; types go beside them.
import { resolve } from 'node:path';
import { defineConfig } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';

const entry = (input, file, format, plugins = []) =>
  defineConfig({
    input: `src/${input}.ts`,
    platform: 'neutral',
    external: ['./ws101.wasm', './deflate.wasm', './inspect.wasm', './doctor.wasm'],
    plugins,
    output: { file, format },
  });

/** The entry `ws101/deflate` is the same TypeScript, but for two files: another module, and what it can do beyond the first. */
const deflating = {
  name: 'deflating',
  resolveId: {
    // Before the types are looked for.
    order: 'pre',
    handler(source, importer) {
      const [, other] = OTHERS.find(([file]) => file.test(source)) ?? [];
      return other && this.resolve(resolve(other), importer, { skipSelf: true });
    },
  },
};
const OTHERS = [
  [/\/generated\/ws101_wasm\.js$/, 'generated/deflate/ws101_deflate.js'],
  [/\/extension\.[jt]s$/, 'src/deflate/extension.ts'],
];

/** `Symbol.dispose` is newer than the library that many programs are compiled against. */
const disposable = {
  name: 'disposable',
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) {
      file.code = `/// <reference lib="esnext.disposable" />\n${file.code}`;
    }
  },
};

const types = (input, file, plugins = []) =>
  defineConfig({
    input: { [file]: `src/${input}.ts` },
    plugins: [...plugins, dts({ emitDtsOnly: true, tsconfig: 'tsconfig.json' })],
    output: { dir: '../pkg/dist' },
  });

export default [
  entry('inline', '../pkg/dist/inline.js', 'esm'),
  entry('inline', '../pkg/dist/index.cjs', 'cjs'),
  entry('workerd', '../pkg/dist/workerd.js', 'esm'),
  entry('slim', '../pkg/dist/slim.js', 'esm'),
  entry('deflate/inline', '../pkg/dist/deflate.js', 'esm', [deflating]),
  entry('deflate/inline', '../pkg/dist/deflate.cjs', 'cjs', [deflating]),
  entry('deflate/workerd', '../pkg/dist/deflate.workerd.js', 'esm', [deflating]),
  entry('inspect/inline', '../pkg/dist/inspect.js', 'esm'),
  entry('inspect/inline', '../pkg/dist/inspect.cjs', 'cjs'),
  entry('inspect/workerd', '../pkg/dist/inspect.workerd.js', 'esm'),
  entry('doctor/inline', '../pkg/dist/doctor.js', 'esm'),
  entry('doctor/inline', '../pkg/dist/doctor.cjs', 'cjs'),
  entry('doctor/workerd', '../pkg/dist/doctor.workerd.js', 'esm'),
  types('api', 'index', [disposable]),
  types('slim', 'slim', [disposable]),
  types('deflate/api', 'deflate', [deflating, disposable]),
  types('inspect/api', 'inspect'),
  types('doctor/api', 'doctor'),
];
