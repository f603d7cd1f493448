// node shots.mjs book.epub folder
// Takes a picture of the first screen of every section, and of its first figure and table, on a phone, a tablet, a
// desktop and in the dark, and writes what the reader makes of the book (metadata, contents, landmarks) to folder/model.json. Exits with 1 if the reader complains.
import fs from 'node:fs'
import path from 'node:path'
import { reading, settled } from './reader.mjs'

const [book, folder] = process.argv.slice(2)
fs.mkdirSync(folder, { recursive: true })

const SCREENS = {
    phone: { width: 390, height: 844, scale: 2 },
    tablet: { width: 820, height: 1180 },
    desktop: { width: 1280, height: 800 },
    dark: { width: 390, height: 844, scale: 2, dark: true },
}

const model = page => page.evaluate(() => {
    const { book } = document.querySelector('foliate-view')
    const lines = entries => entries?.map(e => ({ label: e.label, href: e.href, type: e.type, under: lines(e.subitems) }))
    return {
        metadata: book.metadata, direction: book.dir, contents: lines(book.toc), landmarks: lines(book.landmarks),
        pages: lines(book.pageList), sections: book.sections.map(s => ({ id: s.id, linear: s.linear, size: s.size })),
    }
})

const errors = await reading(book, async open => {
    for (const [name, screen] of Object.entries(SCREENS)) {
        const page = await open(name, screen)
        const read = await model(page)
        if (name === 'phone') fs.writeFileSync(path.join(folder, 'model.json'), JSON.stringify(read, null, 2))
        for (const number of read.sections.keys()) {
            await page.evaluate(n => document.querySelector('foliate-view').goTo(n), number)
            await settled(page)
            await page.screenshot({ path: path.join(folder, `${name}-${number}.png`) })
            for (const what of ['figure', 'table']) {
                const there = await page.evaluate(async (index, what) => {
                    const { renderer } = document.querySelector('foliate-view')
                    if (!renderer.getContents()[0].doc.querySelector(what)) return false
                    await renderer.goTo({ index, anchor: doc => doc.querySelector(what) })
                    return true
                }, number, what)
                if (!there) continue
                await settled(page)
                await page.screenshot({ path: path.join(folder, `${name}-${number}-${what}.png`) })
            }
        }
        await page.close()
    }
})
console.log(JSON.stringify({ errors }))
process.exit(errors.length ? 1 : 0)
