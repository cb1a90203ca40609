/** A grey picture: one byte a pixel, rows from the top, 0 is black. */
export type Gray = { readonly width: number; readonly height: number; readonly data: Uint8Array }

export function blank(width: number, height: number, fill = 255): Gray {
  const data = new Uint8Array(width * height)
  if (fill !== 0) data.fill(fill)
  return { width, height, data }
}

/** Luma of RGBA pixels (Rec. 601 in eighths of a bit); transparent pixels show white paper. */
export function grayOfRgba(rgba: Uint8Array): Uint8Array {
  const gray = new Uint8Array(rgba.length >> 2)
  for (let at = 0, from = 0; at < gray.length; at += 1, from += 4) {
    const luma =
      (77 * (rgba[from] ?? 0) + 150 * (rgba[from + 1] ?? 0) + 29 * (rgba[from + 2] ?? 0)) >> 8
    const alpha = rgba[from + 3] ?? 255
    gray[at] = alpha === 255 ? luma : 255 + (((luma - 255) * alpha) >> 8)
  }
  return gray
}

/** Turns a picture upright by its EXIF orientation (1–8, TIFF tag 0x0112). */
export function upright(gray: Gray, orientation: number): Gray {
  if (orientation <= 1 || orientation > 8) return gray
  const { width, height, data } = gray
  const isTurned = orientation >= 5
  const out = blank(isTurned ? height : width, isTurned ? width : height, 0)
  for (let y = 0; y < out.height; y += 1) {
    for (let x = 0; x < out.width; x += 1) {
      const a = isTurned ? y : x
      const b = isTurned ? x : y
      const fromRight = orientation === 2 || orientation === 3 || orientation === 7
      const fromBottom = orientation === 3 || orientation === 4 || orientation === 6
      const sx = fromRight || orientation === 8 ? width - 1 - a : a
      const sy = fromBottom || orientation === 7 ? height - 1 - b : b
      out.data[y * out.width + x] = data[sy * width + sx] ?? 255
    }
  }
  return out
}

/** Averages blocks of `factor` × `factor` pixels; the ragged edge is dropped. */
export function shrink(gray: Gray, factor: number): Gray {
  if (factor <= 1) return gray
  const width = Math.max(1, Math.floor(gray.width / factor))
  const height = Math.max(1, Math.floor(gray.height / factor))
  const out = blank(width, height, 0)
  const sums = new Uint32Array(width)
  for (let y = 0; y < height; y += 1) {
    sums.fill(0)
    for (let dy = 0; dy < factor; dy += 1) {
      const row = (y * factor + dy) * gray.width
      for (let x = 0, from = row; x < width; x += 1) {
        for (let dx = 0; dx < factor; dx += 1, from += 1) {
          sums[x] = (sums[x] ?? 0) + (gray.data[from] ?? 0)
        }
      }
    }
    for (let x = 0; x < width; x += 1) {
      out.data[y * width + x] = (sums[x] ?? 0) / (factor * factor)
    }
  }
  return out
}

/** Mean of the square window of half-size `radius` around each pixel, by running sums. */
export function boxBlur(gray: Gray, radius: number): Gray {
  return blurColumns(blurRows(gray, radius), radius)
}

function blurRows({ width, height, data }: Gray, radius: number): Gray {
  const out = blank(width, height, 0)
  for (let y = 0; y < height; y += 1) {
    const row = y * width
    let sum = 0
    let count = 0
    for (let x = 0; x < Math.min(radius, width); x += 1, count += 1) sum += data[row + x] ?? 0
    for (let x = 0; x < width; x += 1) {
      if (x + radius < width) {
        sum += data[row + x + radius] ?? 0
        count += 1
      }
      if (x > radius) {
        sum -= data[row + x - radius - 1] ?? 0
        count -= 1
      }
      out.data[row + x] = sum / count
    }
  }
  return out
}

function blurColumns({ width, height, data }: Gray, radius: number): Gray {
  const out = blank(width, height, 0)
  const sums = new Uint32Array(width)
  let count = 0
  const add = (y: number, sign: number) => {
    for (let x = 0, from = y * width; x < width; x += 1, from += 1) {
      sums[x] = (sums[x] ?? 0) + sign * (data[from] ?? 0)
    }
    count += sign
  }
  for (let y = 0; y < Math.min(radius, height); y += 1) add(y, 1)
  for (let y = 0; y < height; y += 1) {
    if (y + radius < height) add(y + radius, 1)
    if (y > radius) add(y - radius - 1, -1)
    for (let x = 0; x < width; x += 1) out.data[y * width + x] = (sums[x] ?? 0) / count
  }
  return out
}

/** Sharpens by the difference from the mean around: faint and soft print gains most. */
export function sharpen(gray: Gray, radius: number, amount: number): Gray {
  const soft = boxBlur(gray, radius)
  const out = blank(gray.width, gray.height, 0)
  for (let at = 0; at < out.data.length; at += 1) {
    const value = gray.data[at] ?? 0
    const sharp = value + amount * (value - (soft.data[at] ?? 0))
    out.data[at] = Math.max(0, Math.min(255, sharp))
  }
  return out
}

/**
 * Divides by the paper's own brightness around (a mean of the window, lifted towards its light
 * part), so that shadows and folds go and print keeps its grey steps. No threshold: thresholding
 * hurts the recogniser.
 */
export function evenLight(gray: Gray, radius: number): Gray {
  const paper = paperLight(gray, radius)
  const out = blank(gray.width, gray.height, 0)
  for (let at = 0; at < out.data.length; at += 1) {
    const light = Math.max(24, paper.data[at] ?? 255)
    const value = ((gray.data[at] ?? 0) * 245) / light
    out.data[at] = Math.min(255, value)
  }
  return out
}

/** The light of the bare paper: the mean of what is lighter than the local mean. */
function paperLight(gray: Gray, radius: number): Gray {
  const factor = Math.max(1, Math.floor(radius / 4))
  const small = shrink(gray, factor)
  const reach = Math.max(2, Math.round(radius / factor))
  const mean = boxBlur(small, reach)
  const lifted = blank(small.width, small.height, 0)
  for (let at = 0; at < lifted.data.length; at += 1) {
    lifted.data[at] = Math.max(small.data[at] ?? 0, mean.data[at] ?? 0)
  }
  const light = boxBlur(lifted, reach)
  if (factor === 1) return light
  const out = blank(gray.width, gray.height, 0)
  for (let y = 0; y < gray.height; y += 1) {
    const row = Math.min(light.height - 1, Math.floor(y / factor)) * light.width
    for (let x = 0; x < gray.width; x += 1) {
      const from = row + Math.min(light.width - 1, Math.floor(x / factor))
      out.data[y * gray.width + x] = light.data[from] ?? 255
    }
  }
  return out
}

/** A PGM file (P5) of the picture: both wasm readers take it without any decoding. */
export function pgmOf({ width, height, data }: Gray): Uint8Array {
  const header = new TextEncoder().encode(`P5\n${width} ${height}\n255\n`)
  const file = new Uint8Array(header.length + data.length)
  file.set(header)
  file.set(data, header.length)
  return file
}
