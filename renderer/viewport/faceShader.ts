/** Shared by the Draft shader and by the physically based materials (occlusionPlugin.ts). */
export const CATCHLIGHTS_GLSL = /* glsl */ `
/** The soft box as a wet eye mirrors it: a clean disc with a soft edge, and a weaker one of the fill opposite. size: cosine of its radius. */
vec3 catchlights(vec3 mirror, vec3 keyDirection, vec3 keyColor, float size) {
  float box = smoothstep(size - 0.016, size + 0.016, dot(mirror, keyDirection));
  float low = smoothstep(0.94, 0.99, dot(mirror, normalize(vec3(-keyDirection.x, -0.25, keyDirection.z))));
  return keyColor * box * 0.38 + vec3(low * 0.05);
}
`;

/** Shared by the Draft shader and by the physically based materials (occlusionPlugin.ts). */
export const HUED_GLSL = /* glsl */ `
/** Light x that found its way past other surfaces: it takes the colour of what it met, without pow. Skin keeps red longest. */
vec3 hued(float x) {
#ifdef SKIN
  return vec3(mix(x, sqrt(x), 0.62), x, x * (0.84 + 0.16 * x));
#else
  return vec3(x * (1.12 - 0.12 * x), x, x);
#endif
}
`;

/**
 * One small shader for the Draft tier and the toon look. Everything is lit in one pass from a light preset: a key with a
 * per-colour wrap (skin lets red through furthest), a rim, and light from around in the vertices. What a vertex sees of key and
 * sky is baked (bakeOcclusion.ts), so depth and soft shadows cost nothing here. Written for software GL: few texture fetches,
 * no loops, no branches but at compile time.
 */
export const FACE_VERTEX = /* glsl */ `
precision highp float;
attribute vec3 position;
attribute vec3 normal;
/** Sky and key visibility with the mouth shut, then with the mouth open. */
attribute vec4 occlusion;
#ifdef VERTEXCOLOR
attribute vec4 color;
#endif
#ifdef UV1
attribute vec2 uv;
#endif
#include<bonesDeclaration>
#include<morphTargetsVertexGlobalDeclaration>
#include<morphTargetsVertexDeclaration>[0..maxSimultaneousMorphTargets]
uniform mat4 world;
uniform mat4 viewProjection;
uniform vec3 sky;
uniform vec3 ground;
uniform vec3 fillDirection;
uniform vec3 fillColor;
uniform vec4 baseColor;
uniform float mouthOpen;
uniform float normalSign;
varying vec3 vPosition;
varying vec3 vNormal;
varying vec4 vColor;
varying vec3 vAround;
varying vec4 vLit;
#ifdef UV1
varying vec2 vUv;
#endif
${HUED_GLSL}
void main() {
  vec3 positionUpdated = position;
  vec3 normalUpdated = normal;
#ifdef UV1
  vec2 uvUpdated = uv;
#endif
#include<morphTargetsVertexGlobal>
#include<morphTargetsVertex>[0..maxSimultaneousMorphTargets]
  mat4 finalWorld = world;
#include<bonesVertex>
  vec4 at = finalWorld * vec4(positionUpdated, 1.0);
  vPosition = at.xyz;
  vNormal = normalize(mat3(finalWorld) * normalUpdated) * normalSign;
  vec2 seen = mix(occlusion.xy, occlusion.zw, mouthOpen);
  float open = seen.x;
  // A shadow's edge on skin is red for the same reason as its terminator.
  vLit = vec4(mix(vec3(seen.y), hued(max(seen.y, 0.0)), 0.8), open);
#ifdef VERTEXCOLOR
  vColor = color * baseColor;
#else
  vColor = baseColor;
#endif
  float up = vNormal.y * 0.5 + 0.5;
  vec3 around = mix(ground, sky, up * up * (3.0 - 2.0 * up));
  around += fillColor * max(0.0, (dot(vNormal, fillDirection) + 0.35) / 1.35);
  // Light that bounces between near surfaces takes their colour: crevices of skin go warm, not grey.
  vAround = around * mix(vec3(open), hued(open), 0.75);
#ifdef UV1
  vUv = uvUpdated;
#endif
  gl_Position = viewProjection * at;
}
`;

export const FACE_FRAGMENT = /* glsl */ `
precision highp float;
varying vec3 vPosition;
varying vec3 vNormal;
varying vec4 vColor;
varying vec3 vAround;
varying vec4 vLit;
#ifdef UV1
varying vec2 vUv;
uniform sampler2D baseTexture;
uniform vec4 uvTransform;
#endif
uniform vec3 cameraPosition;
uniform vec3 keyDirection;
uniform vec3 keyColor;
uniform vec3 rimDirection;
uniform vec3 rimColor;
uniform vec3 wrap;
uniform float roughness;
uniform float shine;
uniform float exposure;
uniform float alphaCutoff;
uniform float catchlight;
uniform float cover;

vec3 toLinear(vec3 c) {
  return c * (c * (c * 0.305306011 + 0.682171111) + 0.012522878);
}

vec3 toSrgb(vec3 c) {
  vec3 s = sqrt(c);
  vec3 q = sqrt(s);
  return 0.662002687 * s + 0.684122060 * q - 0.323583601 * sqrt(q) - 0.0225411470 * c;
}

${CATCHLIGHTS_GLSL}
/** Rolls bright values off instead of clipping them; leaves mid tones and hues alone (after Khronos PBR Neutral). */
vec3 film(vec3 c) {
  float peak = max(c.r, max(c.g, c.b));
  if (peak < 0.72) return c;
  float rolled = 1.0 - 0.0784 / (peak - 0.72 + 0.28);
  return mix(c * (rolled / peak), vec3(rolled), 1.0 - 1.0 / (0.15 * (peak - rolled) + 1.0));
}

void main() {
  vec4 base = vColor;
#ifdef UV1
  vec4 texel = texture2D(baseTexture, vUv * uvTransform.xy + uvTransform.zw);
#ifdef TEXTURE_GAMMA
  texel.rgb = toLinear(texel.rgb);
#endif
  base *= texel;
#endif
#ifdef ALPHA_TEST
  if (base.a < alphaCutoff) discard;
#endif
  vec3 n = normalize(vNormal);
  vec3 v = normalize(cameraPosition - vPosition);
#ifdef TWO_SIDED
  if (dot(n, v) < 0.0) n = -n;
#endif
  float nDotL = dot(n, keyDirection);
  float nDotV = max(dot(n, v), 0.001);
#ifdef TOON
  // Two tones: what the key reaches, and a cooler shade of it. The bake softens where form and cast shadow meet.
  float light = smoothstep(-0.025, 0.025, nDotL * 0.62 + vLit.g * 0.5 - 0.36);
#ifdef SKIN
  vec3 shadeTint = vec3(0.74, 0.53, 0.57);
#else
  vec3 shadeTint = vec3(0.58, 0.54, 0.68);
#endif
  vec3 tone = mix(vec3(0.92), keyColor / max(keyColor.r, max(keyColor.g, keyColor.b)), 0.6);
  vec3 lit = base.rgb * mix(shadeTint * mix(vec3(1.0), tone, 0.3), tone * 1.06, light);
#ifdef HAIR
  // One band of light across the strands.
  float gleam = smoothstep(GLEAM - 0.006, GLEAM + 0.006, dot(n, normalize(keyDirection + v)));
  lit += base.rgb * gleam * 0.85;
#endif
#ifdef WET
  lit = lit * (0.86 + 0.14 * smoothstep(-0.1, 0.1, 0.5 - n.y)) + step(0.5, catchlights(reflect(-v, n), keyDirection, vec3(2.6), catchlight));
#endif
  float edge = smoothstep(0.70, 0.73, 1.0 - nDotV) * step(0.25, dot(n, rimDirection));
  lit += edge * 0.20 * min(rimColor, vec3(1.2)) * (0.35 + base.rgb);
  vec3 color = lit * (0.62 + 0.38 * smoothstep(0.1, 0.5, vLit.w));
#else
  vec3 wrapped = clamp((nDotL + wrap) / (1.0 + wrap), 0.0, 1.0);
  vec3 diffuse = keyColor * wrapped * wrapped * vLit.rgb * 0.40;
  diffuse += rimColor * max(0.0, dot(n, rimDirection)) * 0.26 * vLit.w;
  diffuse += vAround;
  float grazing = 1.0 - nDotV;
  grazing *= grazing;
  grazing *= grazing;
#ifdef CLOTH
  // Wool has a fuzz at its edges and no gleam.
  vec3 specular = vAround * base.rgb * grazing;
#else
  vec3 h = normalize(keyDirection + v);
  float nDotH = max(dot(n, h), 0.0);
  float lDotH = max(dot(keyDirection, h), 0.1);
  // GGX with Karis' mobile visibility (SIGGRAPH 2014 "Optimizing PBR for mobile").
  float a = roughness * roughness;
  float d = nDotH * nDotH * (a * a - 1.0) + 1.0;
  float gloss = a * a / (4.0 * d * d * lDotH * lDotH * (roughness + 0.5)) * 0.05 * max(nDotL, 0.0);
  vec3 specular = keyColor * gloss * shine * vLit.g;
  // Sheen of fine hair and oil: the rim light and the sky at grazing angles.
#ifdef HAIR
  // Light that has gone through a strand carries its colour.
  specular *= min(base.rgb * 4.5 + 0.12, vec3(1.4));
#endif
  specular += (rimColor * max(0.0, dot(n, rimDirection) * 0.6 + 0.4) * 0.16 + vAround * 0.10) * grazing * shine * vLit.w;
#endif
#ifdef WET
  specular = catchlights(reflect(-v, n), keyDirection, keyColor, catchlight) + vAround * grazing * 0.3;
  diffuse *= 0.92;
#endif
  vec3 color = base.rgb * diffuse + specular;
#endif
  color = film(color * exposure);
  gl_FragColor = vec4(toSrgb(color), base.a);
#ifdef PREMULTIPLY
  gl_FragColor.a *= cover;
  gl_FragColor.rgb *= gl_FragColor.a;
#endif
}
`;
