// Reads a catalogue as a reading app does: foliate-js's parser of OPDS 1.2, in Chromium, and prints what it made of it.
// Usage: node catalogue.mjs http://localhost:PORT/
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import puppeteer from "puppeteer-core";

const [, , site] = process.argv;
const source = readFileSync(createRequire(import.meta.url).resolve("foliate-js/opds.js"), "utf8");
const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
const page = await browser.newPage();
await page.goto(site, { waitUntil: "networkidle0" });
const found = await page.evaluate(async (code) => {
  const opds = await import(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
  const text = await (await fetch("opds.xml")).text();
  const feed = opds.getFeed(new DOMParser().parseFromString(text, "application/xml"));
  const link = document.querySelector("link[type^='application/atom+xml;profile']");
  const books = ({ metadata, links, images }) => ({
    title: metadata.title,
    authors: metadata.author.map((person) => person.name),
    language: metadata.language,
    images: images.length,
    files: links.flatMap(({ rel, href, type }) => ([rel].flat().some((one) => one?.includes("acquisition/open-access")) ? [{ href, type }] : [])),
  });
  return { isCatalogue: opds.isOPDSCatalog(link.type), title: feed.metadata.title, publications: feed.publications.map(books) };
}, source);
await browser.close();
console.log(JSON.stringify(found));
