// Writes the text of the public Javadoc as Markdown, one file for each page: javadoc-text.mjs FROM TO
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const [from, to] = process.argv.slice(2)
const entities = { lt: '<', gt: '>', amp: '&', quot: '"', nbsp: ' ', rarr: '→', hellip: '…' }

const text = html =>
  html
    .replace(/<pre>.*?<\/pre>/gs, '')
    .replace(/\s+/g, ' ')
    .replace(/<code>(.*?)<\/code>/g, (_, code) => '`' + code.replace(/<[^>]*>/g, '') + '`')
    .replace(/<(p|ul|ol|li|td|th|tr|dd|dt|h\d|caption)\b[^>]*>/g, '\n\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, number) => String.fromCodePoint(number))
    .replace(/&(\w+);/g, (whole, name) => entities[name] ?? whole)
    .replace(/^ +| +$/gm, '')

rmSync(to, { recursive: true, force: true })
for (const file of readdirSync(from, { recursive: true }).filter(file => /^io\/.*\.html$/.test(file) && !file.includes('-use'))) {
  const page = readFileSync(join(from, file), 'utf8')
  // descriptions, and what follows "Parameters:", "Returns:" and "Throws:"; a summary repeats the first sentence
  const blocks = [...page.matchAll(/<div class="block">(.*?)<\/div>|<dd><code>[^ ]*<\/code> - (.*?)<\/dd>|<dt>Returns:<\/dt>\s*<dd>(.*?)<\/dd>/gs)]
  const texts = new Set(blocks.map(([, block, named, returned]) => text(block ?? named ?? returned).trim()))
  const out = join(to, file.replace(/html$/, 'md'))
  mkdirSync(dirname(out), { recursive: true })
  writeFileSync(out, [...texts].join('\n\n') + '\n')
}
