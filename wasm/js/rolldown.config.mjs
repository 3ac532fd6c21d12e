// Each entry is one file without imports, but for the one that imports the module itself; types go beside them.
import { defineConfig } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';

const entry = (input, file, format, plugins = []) =>
  defineConfig({ input: `src/${input}.ts`, platform: 'neutral', external: ['./ws101.wasm'], plugins, output: { file, format } });

/** `Symbol.dispose` is newer than the library that many programs are compiled against. */
const disposable = {
  name: 'disposable',
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) {
      file.code = `/// <reference lib="esnext.disposable" />\n${file.code}`;
    }
  },
};

const types = (input, file) =>
  defineConfig({
    input: { [file]: `src/${input}.ts` },
    plugins: [dts({ emitDtsOnly: true, tsconfig: 'tsconfig.json' }), disposable],
    output: { dir: '../pkg/dist' },
  });

export default [
  entry('inline', '../pkg/dist/inline.js', 'esm'),
  entry('inline', '../pkg/dist/index.cjs', 'cjs'),
  entry('workerd', '../pkg/dist/workerd.js', 'esm'),
  entry('slim', '../pkg/dist/slim.js', 'esm'),
  types('api', 'index'),
  types('slim', 'slim'),
];
