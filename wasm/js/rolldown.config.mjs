// Each entry is one file without imports, but for those that import a module as a file; types go beside them.
import { defineConfig } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';

const entry = (input, file, format) =>
  defineConfig({ input: `src/${input}.ts`, platform: 'neutral', external: ['./ws101.wasm', './inspect.wasm', './doctor.wasm'], output: { file, format } });

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
    plugins: [dts({ emitDtsOnly: true, tsconfig: 'tsconfig.json' }), ...plugins],
    output: { dir: '../pkg/dist' },
  });

export default [
  entry('inline', '../pkg/dist/inline.js', 'esm'),
  entry('inline', '../pkg/dist/index.cjs', 'cjs'),
  entry('workerd', '../pkg/dist/workerd.js', 'esm'),
  entry('slim', '../pkg/dist/slim.js', 'esm'),
  entry('inspect/inline', '../pkg/dist/inspect.js', 'esm'),
  entry('inspect/inline', '../pkg/dist/inspect.cjs', 'cjs'),
  entry('inspect/workerd', '../pkg/dist/inspect.workerd.js', 'esm'),
  entry('doctor/inline', '../pkg/dist/doctor.js', 'esm'),
  entry('doctor/inline', '../pkg/dist/doctor.cjs', 'cjs'),
  entry('doctor/workerd', '../pkg/dist/doctor.workerd.js', 'esm'),
  types('api', 'index', [disposable]),
  types('slim', 'slim', [disposable]),
  types('inspect/api', 'inspect'),
  types('doctor/api', 'doctor'),
];
