import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

// A build that tests start would otherwise ship React's development half, and be kept for everybody.
process.env.NODE_ENV = 'production';

export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // The policy allows no data: scripts or wasm, and a font inlined in CSS would be loaded by everybody.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
  },
  plugins: [
    react(),
    VitePWA({
      registerType: 'autoUpdate',
      injectRegister: false,
      manifest: {
        name: 'Darmon',
        short_name: 'Darmon',
        description: 'Elektron retsept va dorixona taʼminoti',
        lang: 'uz-Latn',
        start_url: '/',
        display: 'standalone',
        background_color: '#ffffff',
        theme_color: '#0b5f5b',
        icons: [
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
          { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
        ],
      },
      workbox: {
        // The scanner's decoder is part of the shell: a code must verify without a network. The drawing of PDFs and its fonts are not.
        globPatterns: ['**/*.{js,css,html,svg,png,wasm}'],
        globIgnores: ['assets/prescription-*.js'],
        maximumFileSizeToCacheInBytes: 4_000_000,
        navigateFallback: '/index.html',
        navigateFallbackDenylist: [/^\/api\//, /^\/identity/, /^\/settings\.json/],
        cleanupOutdatedCaches: true,
        clientsClaim: true,
      },
    }),
  ],
});
