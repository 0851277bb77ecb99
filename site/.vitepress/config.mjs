import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withMermaid } from 'vitepress-plugin-mermaid'

const here = fileURLToPath(import.meta.url)
const root = resolve(here, '../../..')
const repository = 'https://github.com/lateststate/latest-state'
const rewrites = { 'README.md': 'index.md', 'docs/decisions/README.md': 'docs/decisions/index.md' }

// anchors as the repository's web view makes them: one link serves both, and DocumentationTest checks it
const slugify = heading => heading.trim().toLowerCase().replace(/[^\w\- ]/g, '').replaceAll(' ', '-')

// a README is the index of its folder, and a link to a file that is not a page leads to the repository
function links(md) {
  const open = md.renderer.rules.link_open
  md.renderer.rules.link_open = (tokens, index, options, env, self) => {
    const href = tokens[index].attrGet('href').replace(/(^|\/)README\.md(?=#|$)/, '$1index.md')
    tokens[index].attrSet('href', href)
    const file = resolve(root, dirname(env.relativePath), href)
    if (!/^[a-z]+:|^#|\.md(#|$)/.test(href) && existsSync(file)) {
      tokens[index].attrSet('href', `${repository}/blob/main/${relative(root, file)}`)
    }
    return open(tokens, index, options, env, self)
  }
}

// the pages are outside of this folder: what they import is found as if they were in it
const packagesOfPages = {
  name: 'packages-of-pages',
  enforce: 'pre',
  resolveId(id, importer) {
    if (/^vue(\/|$)/.test(id) && importer?.endsWith('.md')) {
      return this.resolve(id, here, { skipSelf: true })
    }
  },
}

// the pages as the README lists them: "- Start: [one](docs/one.md), [another](docs/another.md)"
function sidebar() {
  const list = readFileSync(join(root, 'README.md'), 'utf8').split('\n## Read on\n')[1].split('\n## ')[0]
  return [...list.matchAll(/^- (.+?): (.*(?:\n  .*)*)/gm)].map(([, text, links]) => ({
    text,
    items: [...links.matchAll(/\[(.+?)]\((.+?)\)/g)].map(([, name, file]) => ({
      text: name[0].toUpperCase() + name.slice(1),
      link: '/' + (rewrites[file] ?? file).replace(/(index)?\.md$/, ''),
    })),
  }))
}

export default withMermaid({
  title: 'latest-state',
  description: 'The last committed message of a Kafka topic or a Kinesis stream, as in-memory state',
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  base: process.env.SITE_BASE ?? '/',
  srcDir: root,
  srcExclude: ['**/target/**', '**/node_modules/**', '*/src/**', 'site/**'],
  outDir: join(root, 'target/site'),
  cacheDir: join(root, 'target/site-cache'),
  rewrites,
  ignoreDeadLinks: 'localhostLinks',
  lastUpdated: false,
  vite: { plugins: [packagesOfPages] },
  mermaid: { htmlLabels: false, flowchart: { htmlLabels: false } },
  markdown: { anchor: { slugify }, config: links },
  themeConfig: {
    nav: [
      { text: 'Getting started', link: '/docs/getting-started' },
      { text: 'Javadoc', link: '/api/index.html', target: '_self' },
      { text: 'Changelog', link: '/CHANGELOG' },
    ],
    sidebar: sidebar(),
    outline: [2, 3],
    search: { provider: 'local' },
    socialLinks: [{ icon: 'github', link: repository }],
  },
})
