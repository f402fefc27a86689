import { framesPerSecond, type FrameRate } from '../../time/frameRate';
import { pColorRgb, pDouble, pEnum, pInt, pString, pTime, properties70 } from './fbxProperties70';
import { fbxInt32, fbxInt64, fbxObjectName, fbxRaw, fbxString, record, type FbxRecord } from './fbxRecord';
import { fbxTimeMode } from './fbxTime';
import { CREATION_TIME, FBX_VERSION, FILE_ID } from './writeFbxBinary';

const CREATOR = 'Mien';

/** FBXHeaderExtension, FileId, CreationTime, Creator. The date is fixed, so that the same input gives the same bytes. */
export function headerRecords(title: string): FbxRecord[] {
  const integer = (name: string, value: number): FbxRecord => record(name, [fbxInt32(value)]);
  const text = (name: string, value: string): FbxRecord => record(name, [fbxString(value)]);
  const timeStamp = record(
    'CreationTimeStamp',
    [],
    [
      integer('Version', 1000),
      integer('Year', 1970),
      integer('Month', 1),
      integer('Day', 1),
      integer('Hour', 10),
      integer('Minute', 0),
      integer('Second', 0),
      integer('Millisecond', 0),
    ],
  );
  const metaData = record(
    'MetaData',
    [],
    [
      integer('Version', 100),
      text('Title', title),
      text('Subject', ''),
      text('Author', ''),
      text('Keywords', ''),
      text('Revision', ''),
      text('Comment', ''),
    ],
  );
  const sceneInfo = record(
    'SceneInfo',
    [fbxObjectName('GlobalInfo', 'SceneInfo'), fbxString('UserData')],
    [text('Type', 'UserData'), integer('Version', 100), metaData, properties70(pString('Original|ApplicationName', CREATOR))],
  );
  return [
    record(
      'FBXHeaderExtension',
      [],
      [
        integer('FBXHeaderVersion', 1003),
        integer('FBXVersion', FBX_VERSION),
        integer('EncryptionType', 0),
        timeStamp,
        text('Creator', CREATOR),
        sceneInfo,
      ],
    ),
    record('FileId', [fbxRaw(FILE_ID)]),
    text('CreationTime', CREATION_TIME),
    text('Creator', CREATOR),
  ];
}

/** Y up, looking along +Z, right-handed, centimetres, the line's frame rate and length. */
export function globalSettings(rate: FrameRate, endTicks: bigint): FbxRecord {
  return record(
    'GlobalSettings',
    [],
    [
      record('Version', [fbxInt32(1000)]),
      properties70(
        pInt('UpAxis', 1),
        pInt('UpAxisSign', 1),
        pInt('FrontAxis', 2),
        pInt('FrontAxisSign', 1),
        pInt('CoordAxis', 0),
        pInt('CoordAxisSign', 1),
        pInt('OriginalUpAxis', 1),
        pInt('OriginalUpAxisSign', 1),
        pDouble('UnitScaleFactor', 1),
        pDouble('OriginalUnitScaleFactor', 1),
        pColorRgb('AmbientColor', [0, 0, 0]),
        pString('DefaultCamera', 'Producer Perspective'),
        pEnum('TimeMode', fbxTimeMode(rate)),
        pTime('TimeSpanStart', 0n),
        pTime('TimeSpanStop', endTicks),
        pDouble('CustomFrameRate', framesPerSecond(rate)),
      ),
    ],
  );
}

/** Documents and References. */
export function documentRecords(documentId: bigint, activeStack: string): FbxRecord[] {
  return [
    record(
      'Documents',
      [],
      [
        record('Count', [fbxInt32(1)]),
        record(
          'Document',
          [fbxInt64(documentId), fbxString('Scene'), fbxString('Scene')],
          [properties70(pString('ActiveAnimStackName', activeStack)), record('RootNode', [fbxInt64(0n)])],
        ),
      ],
    ),
    record('References'),
  ];
}

/** The old list of takes; some importers still name the clip from it. */
export function takesRecord(stackName: string, endTicks: bigint): FbxRecord {
  const range = [fbxInt64(0n), fbxInt64(endTicks)];
  return record(
    'Takes',
    [],
    [
      record('Current', [fbxString(stackName)]),
      record(
        'Take',
        [fbxString(stackName)],
        [record('FileName', [fbxString(`${stackName}.tak`)]), record('LocalTime', range), record('ReferenceTime', range)],
      ),
    ],
  );
}
