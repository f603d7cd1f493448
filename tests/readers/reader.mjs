// Opens an EPUB in foliate-js (the engine of Foliate and Readest) in a Chromium of this machine.
// Packages are looked for in the current folder, so that nothing need be installed inside the repository:
//   cp package.json /tmp/readers && cd /tmp/readers && npm install --ignore-scripts
//   node .../tests/readers/shots.mjs book.epub pictures/
import fs from 'node:fs'
import http from 'node:http'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const here = createRequire(path.resolve('package.json'))
const { default: puppeteer } = await import(pathToFileURL(here.resolve('puppeteer-core')))
const engine = path.resolve('node_modules/foliate-js')

const TYPES = {
    '.css': 'text/css', '.epub': 'application/epub+zip', '.html': 'text/html', '.js': 'text/javascript',
    '.json': 'application/json', '.mjs': 'text/javascript', '.svg': 'image/svg+xml', '.wasm': 'application/wasm',
}

/** Serve foliate-js, and the book as /book.epub, on this machine only. */
async function serve(book) {
    const server = http.createServer((request, response) => {
        const name = decodeURIComponent(new URL(request.url, 'http://reader').pathname)
        const file = name === '/book.epub' ? path.resolve(book) : path.join(engine, path.normalize(name))
        if (!fs.existsSync(file) || fs.statSync(file).isDirectory()) {
            // Chromium asks for an icon that foliate-js does not have; that is no fault of the book.
            response.writeHead(name === '/favicon.ico' ? 204 : 404).end()
            return
        }
        response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' })
        fs.createReadStream(file).pipe(response)
    })
    server.listen(0, '127.0.0.1')
    await new Promise(resolve => server.once('listening', resolve))
    return server
}

/** Call work(open) with a function that opens the book in a new page; everything is closed afterwards. */
export async function reading(book, work) {
    const server = await serve(book)
    const browser = await puppeteer.launch({
        executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-setuid-sandbox'],
        headless: true,
    })
    const errors = []
    const open = async (name, { width, height, scale = 1, dark = false }) => {
        const page = await browser.newPage()
        await page.setViewport({ width, height, deviceScaleFactor: scale })
        page.on('pageerror', error => errors.push(`${name}: ${error.message}`))
        page.on('console', message => message.type() === 'error' && errors.push(`${name}: ${message.text()}`))
        page.on('requestfailed', request => errors.push(`${name}: ${request.url()} failed`))
        await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }])
        await page.goto(`http://127.0.0.1:${server.address().port}/reader.html?url=/book.epub`)
        await page.waitForFunction(() => document.querySelector('foliate-view')?.book, { timeout: 30000 })
        await settled(page)
        return page
    }
    try {
        await work(open)
    } finally {
        await browser.close()
        server.close()
    }
    return errors
}

/** Wait until the fonts are there and two frames have been painted. */
export async function settled(page) {
    await new Promise(resolve => setTimeout(resolve, 500))
    await page.evaluate(async () => {
        for (const { doc } of document.querySelector('foliate-view').renderer.getContents()) await doc.fonts.ready
        await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    })
}
