import { defineConfig } from 'vite';

// The page is served from any path of any host, under a policy without inline scripts and styles:
// hence relative addresses, and no asset turned into a data: URL but by choice.
export default defineConfig({
  base: './',
  build: { outDir: 'dist', target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
