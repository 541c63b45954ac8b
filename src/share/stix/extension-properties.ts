// STIX 2.1 section 6: the extensions that the standard itself defines for observables.

import type { Properties } from './property-kinds.ts'

export const EXTENSION_PROPERTIES: Readonly<Record<string, Properties>> = {
  'archive-ext': {
    contains_refs: 'list ref:file|directory!',
  },
  'ntfs-ext': {
    sid: 'string',
    alternate_data_streams: 'list alternate-data-stream',
  },
  'pdf-ext': {
    version: 'string',
    is_optimized: 'boolean',
    document_info_dict: 'dictionary',
    pdfid0: 'string',
    pdfid1: 'string',
  },
  'raster-image-ext': {
    image_height: 'integer',
    image_width: 'integer',
    bits_per_pixel: 'integer',
    exif_tags: 'dictionary',
  },
  'windows-pebinary-ext': {
    pe_type: 'ov:windows-pebinary-type-ov!',
    imphash: 'string',
    machine_hex: 'hex',
    number_of_sections: 'integer>=0',
    time_date_stamp: 'timestamp',
    pointer_to_symbol_table_hex: 'hex',
    number_of_symbols: 'integer>=0',
    size_of_optional_header: 'integer>=0',
    characteristics_hex: 'hex',
    file_header_hashes: 'hashes',
    optional_header: 'windows-pe-optional-header-type',
    sections: 'list windows-pe-section-type',
  },
  'http-request-ext': {
    request_method: 'string!',
    request_value: 'string!',
    request_version: 'string',
    request_header: 'dictionary',
    message_body_length: 'integer',
    message_body_data_ref: 'ref:artifact',
  },
  'icmp-ext': {
    icmp_type_hex: 'hex!',
    icmp_code_hex: 'hex!',
  },
  'socket-ext': {
    address_family: 'enum:network-socket-address-family-enum!',
    is_blocking: 'boolean',
    is_listening: 'boolean',
    options: 'dictionary',
    socket_type: 'enum:network-socket-type-enum',
    socket_descriptor: 'integer>=0',
    socket_handle: 'integer',
  },
  'tcp-ext': {
    src_flags_hex: 'hex',
    dst_flags_hex: 'hex',
  },
  'windows-process-ext': {
    aslr_enabled: 'boolean',
    dep_enabled: 'boolean',
    priority: 'string',
    owner_sid: 'string',
    windows_title: 'string',
    startup_info: 'dictionary',
    integrity_level: 'enum:windows-integrity-level-enum',
  },
  'windows-service-ext': {
    service_name: 'string',
    descriptions: 'list string',
    display_name: 'string',
    group_name: 'string',
    start_type: 'enum:windows-service-start-type-enum',
    service_dll_refs: 'list ref:file',
    service_type: 'enum:windows-service-type-enum',
    service_status: 'enum:windows-service-status-enum',
  },
  'unix-account-ext': {
    gid: 'integer',
    groups: 'list string',
    home_dir: 'string',
    shell: 'string',
  },
}
