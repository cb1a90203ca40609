declare module '@jsquash/jpeg/codec/dec/mozjpeg_dec.js' {
  type Pixels = { data: Uint8Array; width: number; height: number }
  export default function factory(
    options: object,
  ): Promise<{ decode(bytes: Uint8Array, keepOrientation: boolean): Pixels | null }>
}

declare module '@jsquash/webp/codec/dec/webp_dec.js' {
  type Pixels = { data: Uint8Array; width: number; height: number }
  export default function factory(
    options: object,
  ): Promise<{ decode(bytes: Uint8Array): Pixels | null }>
}

declare module 'tesseract.js-core/tesseract-core-simd-lstm.js' {
  type Api = {
    Init(path: string, languages: string, mode: number): number
    SetVariable(name: string, value: string): boolean
    SetPageSegMode(mode: number): void
    /** Reads the file `/input`; angle in radians. 0 when the picture was taken. */
    SetImageFile(exifOrientation: number, angle: number): number
    Recognize(monitor: null): number
    GetTSVText(page: number): string
    MeanTextConf(): number
    Clear(): void
    End(): void
  }
  export type Core = {
    FS: {
      writeFile(path: string, bytes: Uint8Array): void
      unlink(path: string): void
    }
    TessBaseAPI: new () => Api
    destroy(api: Api): void
  }
  export default function factory(options: object): Promise<Core>
}
