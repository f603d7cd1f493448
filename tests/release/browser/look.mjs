// Opens every page of a release in Chromium: pictures of phone and desktop, light and dark, and on paper; axe's verdict
// of each (WCAG 2.2 AA); nothing that is missing, nothing said on the console, no page wider than its screen, no script.
// Usage: node look.mjs http://localhost:PORT/ OUT NAME... ; ends with 1 when something is wrong.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import puppeteer from "puppeteer-core";

const [, , site, out, ...names] = process.argv;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pages = ["index.html", ...names.flatMap((name) => [`${name}/index.html`, `${name}/read.html`])];
const screens = { phone: [390, 844], narrow: [320, 640], desktop: [1280, 860] };
const faults = [];

const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
const page = await browser.newPage();
page.on("console", (message) => faults.push(`${page.url()}: console: ${message.text()}`));
page.on("requestfailed", (request) => faults.push(`${page.url()}: ${request.url()} failed`));
page.on("response", (response) => response.status() >= 400 && faults.push(`${response.url()}: ${response.status()}`));

for (const path of pages) {
  const name = path.replace(/\/?(index)?\.html$/, "").replace("/", "-") || "catalogue";
  for (const [screen, [width, height]] of Object.entries(screens)) {
    for (const scheme of ["light", "dark"]) {
      await page.setViewport({ width, height });
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      await page.goto(site + path, { waitUntil: "networkidle0" });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) faults.push(`${path}: ${wide} pixels too wide on a screen of ${width}`);
      if (screen !== "narrow") await page.screenshot({ path: `${out}/${name}-${screen}-${scheme}.png`, fullPage: true });
      await page.evaluate(axe);
      const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
      const verdict = await page.evaluate((values) => axe.run({ runOnly: { type: "tag", values } }), tags);
      for (const { id, help, nodes } of verdict.violations)
        faults.push(`${path} (${screen}, ${scheme}): ${id}: ${help}: ${nodes[0].html.slice(0, 120)}`);
      if (verdict.passes.length < 10) faults.push(`${path}: axe looked at ${verdict.passes.length} rules only`);
    }
  }
  await page.pdf({ path: `${out}/${name}.pdf`, format: "A4", preferCSSPageSize: true });
  const scripts = await page.$$eval("script:not([type='application/ld+json'])", (found) => found.length);
  if (scripts) faults.push(`${path}: ${scripts} scripts`);
}

// A passage and a page of the print edition can be linked to, and the keyboard gets past the head.
for (const name of names) {
  await page.goto(`${site}${name}/read.html`, { waitUntil: "networkidle0" });
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => document.activeElement.getAttribute("href"));
  if (first !== "#main") faults.push(`${name}/read.html: the first stop of the keyboard is ${first}`);
  const anchors = await page.$$eval("p[id] > a.passage", (found) => found.length);
  if (!anchors) faults.push(`${name}/read.html: no paragraph can be linked to`);
  const hidden = await page.$$eval("[role=doc-pagebreak]", (all) =>
    all.filter((one) => getComputedStyle(one, "::before").content === "none").length);
  if (hidden) faults.push(`${name}/read.html: ${hidden} page numbers are not shown`);
}
await browser.close();
writeFileSync(`${out}/faults.txt`, faults.map((fault) => `${fault}\n`).join(""));
for (const fault of faults) console.error(fault);
console.log(`${pages.length} pages on ${Object.keys(screens).length} screens, light and dark: ${faults.length} faults`);
process.exit(faults.length ? 1 : 0);
