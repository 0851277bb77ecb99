// Every link of the built site leads to a file of it, and to an anchor there: check-links.mjs SITE BASE
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const [site, base] = process.argv.slice(2)
const pages = readdirSync(site, { recursive: true }).filter(file => file.endsWith('.html') && !file.startsWith('api/'))
const anchors = file => new Set([...readFileSync(file, 'utf8').matchAll(/ (?:id|name)="([^"]+)"/g)].map(([, id]) => id))

const broken = []
for (const page of pages) {
  for (const [, link] of readFileSync(join(site, page), 'utf8').matchAll(/ (?:href|src)="([^"]*)"/g)) {
    const url = new URL(link.replaceAll('&amp;', '&'), `http://site${base}${page}`)
    if (url.host !== 'site') continue
    const path = decodeURIComponent(url.pathname).slice(base.length)
    const file = join(site, path.endsWith('/') || path === '' ? path + 'index.html' : path)
    const anchor = decodeURIComponent(url.hash.slice(1))
    if (!existsSync(file) || (anchor && !anchors(file).has(anchor))) broken.push(`${page}: ${link}`)
  }
}
if (broken.length > 0) {
  console.error('These links of the site lead nowhere:\n' + broken.join('\n'))
  process.exit(1)
}
console.log(`${pages.length} pages, and no link leads nowhere`)
