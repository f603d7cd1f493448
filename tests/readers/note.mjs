// node note.mjs book.epub [picture.png]
// Clicks the first note call of the book and prints what the reader shows for it: {"type", "hidden", "text"}.
// Exits with 1 if the note does not pop up.
import { reading, settled } from './reader.mjs'

const [book, picture] = process.argv.slice(2)
let shown = null

const errors = await reading(book, async open => {
    const page = await open('note', { width: 390, height: 844, scale: 2 })
    shown = await page.evaluate(async () => {
        const { FootnoteHandler } = await import('/footnotes.js')
        const view = document.querySelector('foliate-view')
        const handler = new FootnoteHandler()
        const popup = new Promise(resolve => {
            handler.addEventListener('before-render', event => {
                const box = document.createElement('div')
                box.id = 'popup'
                box.style = 'position:fixed;inset:auto 8% 12% 8%;height:30%;z-index:9;background:#fff;box-shadow:0 0 2em #888'
                event.detail.view.style = 'display:block;width:100%;height:100%'
                box.append(event.detail.view)
                document.body.append(box)
            })
            handler.addEventListener('render', ({ detail: { view: note, type, hidden, href } }) => {
                const text = note.renderer.getContents()[0].doc.body.textContent.replace(/\s+/g, ' ').trim()
                resolve({ type, hidden, href, text })
            })
            view.addEventListener('link', event => handler.handle(view.book, event)?.catch(e => resolve({ error: e.message })))
            setTimeout(() => resolve(null), 8000)
        })
        for (const number of view.book.sections.keys()) {
            await view.goTo(number)
            const call = view.renderer.getContents()[0].doc.querySelector('a[role="doc-noteref"]')
            if (call) {
                call.click()
                return popup
            }
        }
        return null
    })
    if (picture) {
        await settled(page)
        await page.screenshot({ path: picture })
    }
})
console.log(JSON.stringify({ shown, errors }))
process.exit(shown?.type === 'footnote' || shown?.type === 'endnote' || shown?.text ? 0 : 1)
