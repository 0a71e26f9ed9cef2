// The script of the console. Every page works without it: it shows times as the operator's clock has them, copies ids, closes
// an action beside the title, and reads a page that changes by itself again without moving it. A page that is read again keeps its notice, and the focus of a keyboard.
// While Postern does not answer, it stays as it is.

/** Marks a request that reads a page again: the notice for the next page is not for it. */
export const REFRESH_HEADER = 'x-refresh'

export const script = `
const thisYear = new Date().getFullYear()
const inAList = { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' }
const precise = { dateStyle: 'medium', timeStyle: 'medium' }

const withCopy = (id) => {
  const button = document.createElement('button')
  Object.assign(button, { type: 'button', className: 'copy', textContent: 'Copy', ariaLabel: 'Copy ' + id.textContent })
  id.after(button)
}

const show = (root) => {
  if (navigator.clipboard) root.querySelectorAll('.id').forEach(withCopy)
  for (const time of root.querySelectorAll('time[datetime]')) {
    const at = new Date(time.dateTime)
    const year = at.getFullYear() === thisYear ? {} : { year: 'numeric' }
    time.title = time.textContent
    time.textContent = at.toLocaleString(undefined, time.matches('.timeline *') ? precise : { ...inAList, ...year })
  }
}

const replaceWith = (next) => {
  const main = document.getElementById('main')
  show(next)
  const notice = main.querySelector('.notice')
  if (notice) next.querySelector('.stack').prepend(notice)
  const focused = main.contains(document.activeElement) && document.activeElement.outerHTML
  main.replaceWith(next)
  const isFocused = (one) => one.outerHTML === focused
  if (focused) [...next.querySelectorAll('a, button, input, summary')].find(isFocused)?.focus({ preventScroll: true })
}

const readAgain = async () => {
  const answer = await fetch(location.href, { headers: { '${REFRESH_HEADER}': '1' } }).catch(() => null)
  const isSame = answer !== null && answer.ok && answer.url === location.href.split('#')[0]
  const isAway = answer === null || answer.status >= 500
  if (!isAway && !isSame) return location.reload()
  const text = isSame ? await answer.text().catch(() => '') : ''
  const next = new DOMParser().parseFromString(text, 'text/html').getElementById('main')
  if (next) replaceWith(next)
  later()
}

const later = () => {
  const { refresh } = document.getElementById('main')?.dataset ?? {}
  if (refresh) setTimeout(readAgain, 1000 * refresh)
}

const copy = async (button) => {
  await navigator.clipboard.writeText(button.previousElementSibling.textContent)
  button.textContent = 'Copied'
}

const closeActions = (but) => {
  for (const open of document.querySelectorAll('.acts details[open]')) if (!open.contains(but)) open.open = false
}

addEventListener('click', ({ target }) => {
  if (target.matches('.copy')) copy(target)
  closeActions(target)
})
addEventListener('keydown', ({ key }) => key === 'Escape' && closeActions(null))
// On a phone the navigation is a row that scrolls.
document.querySelector('.side [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
show(document)
later()
`
