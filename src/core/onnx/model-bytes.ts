/** What a file that should be an ONNX model turns out to be. */
export type ModelBytesKind =
  | 'onnx'
  | 'empty'
  | 'git-lfs-pointer'
  | 'dvc-pointer'
  | 'html'
  | 'json'
  | 'text'
  | 'gzip'
  | 'zstd'
  | 'zip'
  | 'pickle'
  | 'numpy'
  | 'hdf5'
  | 'parquet'
  | 'tflite'
  | 'unknown';

export type ModelBytesDescription = {
  readonly kind: ModelBytesKind;
  /** Completes "the file is …". */
  readonly is: string;
  /** What to do instead; empty for a model. */
  readonly remedy: string;
};

const CONVERT = 'Convert the model to ONNX, or hand in its scores.';

type Signature = ModelBytesDescription & {
  readonly bytes: readonly number[];
  readonly offset?: number;
};

const SIGNATURES: readonly Signature[] = [
  { kind: 'gzip', bytes: [0x1f, 0x8b], is: 'compressed with gzip', remedy: 'Unpack it first (gunzip).' },
  {
    kind: 'zstd',
    bytes: [0x28, 0xb5, 0x2f, 0xfd],
    is: 'compressed with Zstandard',
    remedy: 'Unpack it first (unzstd).',
  },
  {
    kind: 'zip',
    bytes: [0x50, 0x4b, 0x03, 0x04],
    is: 'a ZIP archive, as PyTorch (.pt) and Keras (.keras) save models',
    remedy: 'Export the model to ONNX (torch.onnx.export, tf2onnx), or unpack the archive if it holds one.',
  },
  {
    kind: 'numpy',
    bytes: [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59],
    is: 'a NumPy array',
    remedy: CONVERT,
  },
  {
    kind: 'hdf5',
    bytes: [0x89, 0x48, 0x44, 0x46],
    is: 'an HDF5 file, as Keras saves models',
    remedy: 'Export the model to ONNX (tf2onnx).',
  },
  {
    kind: 'parquet',
    bytes: [0x50, 0x41, 0x52, 0x31],
    is: 'a Parquet file',
    remedy: 'That is data: name the model file.',
  },
  {
    kind: 'tflite',
    bytes: [0x54, 0x46, 0x4c, 0x33],
    offset: 4,
    is: 'a TensorFlow Lite model',
    remedy: 'Export the model to ONNX (tf2onnx).',
  },
];

/** First bytes that decide; enough for every marker above and to tell text from binary. */
const LOOKED_AT = 512;

/**
 * Says from its first bytes what a file is: an ONNX file has no marker of its own, and the runtime says
 * "Protobuf parsing failed" about everything else. `onnx` means that it begins like one.
 */
export function describeModelBytes(bytes: Uint8Array): ModelBytesDescription {
  if (bytes.length === 0) {
    return { kind: 'empty', is: 'empty', remedy: 'Check the step that writes it.' };
  }
  const signature = SIGNATURES.find(({ bytes: marker, offset = 0 }) =>
    marker.every((byte, index) => bytes[offset + index] === byte),
  );
  if (signature !== undefined) return { kind: signature.kind, is: signature.is, remedy: signature.remedy };
  if (bytes[0] === 0x80 && bytes[1]! >= 2 && bytes[1]! <= 5) {
    return {
      kind: 'pickle',
      is: 'a Python pickle (joblib or pickle)',
      remedy:
        'Pickles run code when they are loaded and are never opened here. Convert the model to ONNX (skl2onnx).',
    };
  }
  const head = bytes.subarray(0, LOOKED_AT);
  if (isText(head)) return describeText(new TextDecoder().decode(head));
  if (beginsLikeModel(bytes)) return { kind: 'onnx', is: 'an ONNX model', remedy: '' };
  return { kind: 'unknown', is: 'damaged, or of a format not known here', remedy: CONVERT };
}

/** No control characters but white space: what an ONNX file never is, since its first byte is one. */
function isText(head: Uint8Array): boolean {
  return head.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}

function describeText(text: string): ModelBytesDescription {
  const start = text.replace(/^\uFEFF/, '').trimStart();
  if (start.startsWith('version https://git-lfs.github.com/spec/')) {
    return {
      kind: 'git-lfs-pointer',
      is: 'a Git LFS pointer, not the model itself',
      remedy: 'Fetch it with "git lfs pull", or set "lfs: true" in actions/checkout.',
    };
  }
  if (/^(outs:|md5: [0-9a-f]{32})/.test(start)) {
    return {
      kind: 'dvc-pointer',
      is: 'a DVC pointer, not the model itself',
      remedy: 'Fetch it with "dvc pull".',
    };
  }
  if (/^<(!doctype|html|head|body|\?xml)/i.test(start)) {
    return {
      kind: 'html',
      is: 'a web page, not a model',
      remedy: 'A download probably ended at a log-in or error page: check its address and token.',
    };
  }
  if (/^[{[]/.test(start)) return { kind: 'json', is: 'JSON text, not an ONNX model', remedy: CONVERT };
  return { kind: 'text', is: 'plain text, not an ONNX model', remedy: CONVERT };
}

/** The first tag is a field of ModelProto with its wire type: a number (1, 5), a text or a message. */
function beginsLikeModel(bytes: Uint8Array): boolean {
  const tag = bytes[0]!;
  const field = tag >> 3;
  const wireType = tag & 7;
  return wireType === 0
    ? field === 1 || field === 5
    : wireType === 2 && [2, 3, 4, 6, 7, 8, 14].includes(field);
}
