// Builds each page, a folder with an index.html, into dist/; schema/http/assets.py serves what stands there.
import { readFileSync } from "node:fs";
import { defineConfig } from "vite";

const pages = ["graphiql", "docs"];
const bar = readFileSync(new URL("session/bar.html", import.meta.url), "utf-8");

export default defineConfig({
  base: "/",
  logLevel: "error", // warnings are of directives in packages that mean nothing here
  build: {
    target: "es2022",
    assetsInlineLimit: 0, // data: addresses would need a wider Content-Security-Policy
    modulePreload: { polyfill: false }, // the polyfill is an inline script
    chunkSizeWarningLimit: 4_000,
    rollupOptions: { input: pages.map((page) => `${page}/index.html`) },
  },
  plugins: [{ name: "bar", transformIndexHtml: { order: "pre", handler: (html) => html.replace("<!-- bar -->", bar) } }],
});
