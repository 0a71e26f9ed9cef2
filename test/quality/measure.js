// Runs in the page, and says how readable what it shows is: every text with its contrast and size, what sticks out, and which
// days are broken into lines.

;(() => {
  const channels = (colour) => {
    const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number)
    return { rgb: [red, green, blue], alpha }
  }
  const over = (top, below) =>
    top.rgb.map((channel, at) => channel * top.alpha + below[at] * (1 - top.alpha))
  const luminance = (rgb) => {
    const [red, green, blue] = rgb.map((channel) => {
      const share = channel / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b)
    return (high + 0.05) / (low + 0.05)
  }

  /** The colour that the browser paints where nothing else does; dark in the dark scheme. */
  const canvas = () => {
    const probe = document.createElement('i')
    probe.style.backgroundColor = 'Canvas'
    document.documentElement.append(probe)
    const { rgb } = channels(getComputedStyle(probe).backgroundColor)
    probe.remove()
    return rgb
  }
  const backgroundOf = (element) => {
    if (element === null) return canvas()
    const own = channels(getComputedStyle(element).backgroundColor)
    return own.alpha === 1 ? own.rgb : over(own, backgroundOf(element.parentElement))
  }

  const sticksOut = (node) => {
    const range = document.createRange()
    range.selectNodeContents(node)
    const { left, right } = range.getBoundingClientRect()
    return left < -0.5 || right > innerWidth + 0.5
  }

  const texts = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const words = walker.currentNode.data.replace(/[\u200b-\u200f\ufeff]/g, '').trim()
    const element = walker.currentNode.parentElement
    if (!words || !element.checkVisibility()) continue
    const style = getComputedStyle(element)
    const background = backgroundOf(element)
    texts.push({
      words,
      background,
      contrast: contrast(over(channels(style.color), background), background),
      size: Number.parseFloat(style.fontSize),
      isOutside: sticksOut(walker.currentNode),
    })
  }

  const isOnLines = (cell) => {
    const text = document.createRange()
    text.selectNodeContents(cell)
    const [first] = text.getClientRects()
    return text.getBoundingClientRect().height > 1.5 * first.height
  }
  const brokenDays = [...document.querySelectorAll('td.fact')]
    .filter(({ textContent }) => /20[0-9][0-9]/.test(textContent))
    .filter(isOnLines)
    .map(({ textContent }) => textContent)

  const button = document.querySelector('a[href]')?.getBoundingClientRect()
  return {
    texts,
    brokenDays,
    width: document.documentElement.scrollWidth,
    buttonHeight: button?.height ?? 0,
  }
})()
