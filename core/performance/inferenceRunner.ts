/** A dense float32 tensor, row-major. */
export interface FloatTensor {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/** How core sees inference: onnxruntime lives behind this, in the utility process, the CLI or a test. */
export interface InferenceRunner {
  /** Execution provider in use, e.g. "cpu" or "webgpu". */
  readonly provider: string;
  /** Names of the models there are (models/manifest.json); undefined where nobody knows. */
  readonly models?: readonly string[];
  /** Runs a model of models/manifest.json by name ("acoustic"). Throws MienError 'model-unavailable'. */
  run(model: string, feeds: Readonly<Record<string, FloatTensor>>): Promise<Record<string, FloatTensor>>;
}
