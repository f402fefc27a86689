import { fbxDouble, fbxInt32, fbxInt64, fbxString, record, type FbxRecord } from './fbxRecord';

type Vector = readonly [number, number, number];

/** A `P` record of a Properties70 block: name, type, label, flags, value. */
export const property = (name: string, type: string, label: string, flags: string, ...values: Uint8Array[]): FbxRecord =>
  record('P', [fbxString(name), fbxString(type), fbxString(label), fbxString(flags), ...values]);

export const properties70 = (...children: FbxRecord[]): FbxRecord => record('Properties70', [], children);

export const pInt = (name: string, value: number): FbxRecord => property(name, 'int', 'Integer', '', fbxInt32(value));
export const pEnum = (name: string, value: number): FbxRecord => property(name, 'enum', '', '', fbxInt32(value));
export const pDouble = (name: string, value: number): FbxRecord => property(name, 'double', 'Number', '', fbxDouble(value));
export const pString = (name: string, value: string): FbxRecord => property(name, 'KString', '', '', fbxString(value));
export const pUrl = (name: string, value: string): FbxRecord => property(name, 'KString', 'XRefUrl', '', fbxString(value));
export const pBool = (name: string, value: boolean): FbxRecord => property(name, 'bool', '', '', fbxInt32(value ? 1 : 0));
export const pTime = (name: string, ticks: bigint): FbxRecord => property(name, 'KTime', 'Time', '', fbxInt64(ticks));
export const pColor = (name: string, value: Vector): FbxRecord => property(name, 'Color', '', 'A', ...value.map(fbxDouble));
export const pColorRgb = (name: string, value: Vector): FbxRecord =>
  property(name, 'ColorRGB', 'Color', '', ...value.map(fbxDouble));
export const pVector = (name: string, value: Vector): FbxRecord =>
  property(name, 'Vector3D', 'Vector', '', ...value.map(fbxDouble));
/** An animatable number. */
export const pNumber = (name: string, value: number): FbxRecord => property(name, 'Number', '', 'A', fbxDouble(value));
/** "Lcl Translation", "Lcl Rotation", "Lcl Scaling": type equals name. */
export const pLocal = (name: string, value: Vector): FbxRecord => property(name, name, '', 'A', ...value.map(fbxDouble));
