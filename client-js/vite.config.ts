import { defineConfig } from 'vitest/config';
import { badges } from './badges.ts';

/** Where `npm run dev` finds the server: a running Parley, or the fake one of `npm run fake`. */
const server = process.env.PARLEY_SERVER ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [badges()],
  build: {
    target: 'es2022',
    // The page's Content-Security-Policy allows neither inline script nor data: URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: true,
  },
  server: {
    proxy: {
      '/api': server,
      '/socket.io': { target: server, ws: true },
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    reporters: ['default', 'junit'],
    outputFile: { junit: 'target/vitest.xml' },
    restoreMocks: true,
  },
});
