/**
 * Keeps `#live` of the page fresh by asking for the page again, unless the reader has something in
 * it selected or focused; and copies what a `data-copy` button names. Without it pages work, stale.
 */
export const LIVE_SCRIPT = `
const PERIOD_MS = 2000
const live = document.getElementById('live')

function isBusy() {
  const selection = document.getSelection()
  const selected = selection && !selection.isCollapsed && live.contains(selection.anchorNode)
  return selected || live.contains(document.activeElement) || document.hidden
}

async function refresh() {
  if (isBusy()) return
  const response = await fetch(location.href, { headers: { accept: 'text/html' } })
  if (!response.ok) return
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html')
  const next = fresh.getElementById('live')
  if (next && next.innerHTML !== live.innerHTML && !isBusy()) {
    live.replaceChildren(...document.importNode(next, true).childNodes)
  }
}

if (live) setInterval(() => refresh().catch(() => {}), PERIOD_MS)

document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]')
  if (!button) return
  await navigator.clipboard.writeText(button.dataset.copy)
  const words = button.textContent
  button.textContent = button.dataset.copied
  setTimeout(() => { button.textContent = words; button.blur() }, 1500)
})
`
