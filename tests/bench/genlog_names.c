/* Names that real logs are full of. */
#include "genlog_names.h"

#define COUNT(array) ((uint32_t)(sizeof(array) / sizeof((array)[0])))

static const char *const package_names[] = {
    "Microsoft-Windows-Client-Features-Package",
    "Microsoft-Windows-Client-Desktop-Required-Package",
    "Microsoft-Windows-Foundation-Package",
    "Microsoft-Windows-Accessibility-Braille-Package",
    "Microsoft-Windows-Printing-WFS-FoD-Package",
    "Microsoft-Windows-StepsRecorder-Package",
    "Microsoft-Windows-QuickAssist-Package",
    "Microsoft-Windows-Holographic-Desktop-FOD-Package",
    "Microsoft-Windows-WirelessDisplay-FOD-Package",
    "Microsoft-Windows-Hello-Face-Package",
    "Microsoft-Windows-TabletPCMath-Package",
    "Microsoft-Windows-IIS-WebServer-Package",
    "Microsoft-Windows-NetFx4-WCF-US-OC-Package",
    "Microsoft-Hyper-V-ClientEdition-Package",
    "Microsoft-OneCore-Graphics-Tools-Package",
    "Microsoft-OneCore-ApplicationModel-Sync-Desktop-FOD-Package",
    "Microsoft-Windows-LanguageFeatures-Basic-de-de-Package",
    "Microsoft-Windows-LanguageFeatures-Handwriting-fr-fr-Package",
    "Microsoft-Windows-LanguageFeatures-OCR-zh-cn-Package",
    "Microsoft-Windows-PeerDist-Client-Package",
    "Microsoft-Windows-EditionPack-Professional-Package",
    "Microsoft-Windows-MSMQ-Client-Opt-Package",
    "Microsoft-Windows-SmbDirect-Package",
    "Microsoft-Windows-Containers-DisposableClientVM-Package",
    "OpenSSH-Client-Package",
    "Windows-Defender-Client-Package",
    "HyperV-Primitive-VirtualMachine-Package",
    "Networking-MPSSVC-Rules-EnterpriseEdition-Package",
    "Package_for_DotNetRollup_481",
    "Package_for_ServicingStack_3265",
};

static const char *const components[] = {
    "microsoft-windows-w..oyment-languagepack",
    "microsoft-windows-servicingstack",
    "microsoft-windows-a..ence-mitigations-c5",
    "microsoft-windows-i..nal-core-locale-nls",
    "microsoft-windows-tcpip-binaries",
    "microsoft-windows-usermodensi",
    "microsoft-windows-n..rkprofiles-service",
    "microsoft-windows-hal",
    "microsoft-windows-print-spooler-core",
    "microsoft-onecore-pnp-drivermanager",
    "netfx4-clrjit_dll",
    "microsoft-windows-kernel32",
};

static const char *const component_names[] = {
    "Microsoft-Windows-Font-FMS.Resources",
    "Microsoft-Windows-Installer-Engine.Resources",
    "Microsoft-Windows-LSA-MSPrivs",
    "Microsoft-Windows-Printing-Spooler-Core",
    "Microsoft-Windows-Kernel-Power",
    "Microsoft-Windows-Foundation-Default-Security",
    "NETFX4CLIENTCoreComp",
    "Microsoft-Windows-TCPIP",
    "Microsoft-Windows-International-Core",
    "Microsoft-Windows-Cdosys.Resources",
};

static const char *const files[] = {
    "ntoskrnl.exe", "win32kbase.sys", "tcpip.sys",   "localspl.dll", "mlang.dll.mui",
    "clrjit.dll",   "Appx.psd1",      "winload.efi", "services.exe", "wdmaudio.inf",
};

static const char *const states[] = {"Installed", "Installed", "Absent", "Staged", "Superseded"};

static const char *const languages[] = {"en-US", "de-DE", "fr-FR", "ja-JP", "pt-BR", "zh-CN"};

const struct cw_gen_driver cw_gen_drivers[] = {
    {"cpu", "intelppm", "Intel Processor", "ACPI\\GenuineIntel_-_x86",
     "{50127dc3-0f36-415e-a6cc-4cb3be910b65}"},
    {"acpi", "ACPI", "Microsoft ACPI-Compliant System", "*pnp0c08",
     "{4d36e97d-e325-11ce-bfc1-08002be10318}"},
    {"usbhub3", "USBHUB3", "Generic SuperSpeed USB Hub", "USB\\ROOT_HUB30",
     "{36fc9e60-c465-11cf-8056-444553540000}"},
    {"hdaudio", "HdAudAddService", "High Definition Audio Device", "hdaudio\\func_01",
     "{4d36e96c-e325-11ce-bfc1-08002be10318}"},
    {"kdnic", "kdnic", "Microsoft Kernel Debug Network Adapter", "root\\kdnic",
     "{4d36e972-e325-11ce-bfc1-08002be10318}"},
    {"netvwifibus", "vwifibus", "Microsoft Virtual WiFi Bus", "root\\vwifibus",
     "{4d36e97d-e325-11ce-bfc1-08002be10318}"},
    {"spaceport", "spaceport", "Microsoft Storage Spaces Controller", "root\\spaceport",
     "{4d36e97b-e325-11ce-bfc1-08002be10318}"},
    {"disk", "disk", "Disk drive", "GenDisk", "{4d36e967-e325-11ce-bfc1-08002be10318}"},
    {"volmgr", "volmgr", "Volume Manager", "root\\volmgr",
     "{4d36e97d-e325-11ce-bfc1-08002be10318}"},
    {"mshdc", "atapi", "ATA Channel", "*pnp0600", "{4d36e96a-e325-11ce-bfc1-08002be10318}"},
    {"sdbus", "sdbus", "SDA Standard Compliant SD Host Controller", "PCI\\CC_080501",
     "{a0a588a4-c46f-4b37-b7ea-c82fe89870c6}"},
    {"flpydisk", "flpydisk", "Floppy disk drive", "FDC\\GENERIC_FLOPPY_DRIVE",
     "{4d36e980-e325-11ce-bfc1-08002be10318}"},
    {"bth", "BTHUSB", "Generic Bluetooth Adapter", "USB\\Class_E0&SubClass_01&Prot_01",
     "{e0cbf06c-cd8b-4647-bb8a-263b43f0f974}"},
    {"msmouse", "mouhid", "HID-compliant mouse", "HID_DEVICE_SYSTEM_MOUSE",
     "{4d36e96f-e325-11ce-bfc1-08002be10318}"},
};

const struct cw_gen_error cw_gen_errors[] = {
    {"5", "0x00000005", "0x80070005", "E_ACCESSDENIED"},
    {"3", "0x00000003", "0x80070003", "ERROR_PATH_NOT_FOUND"},
    {"2", "0x00000002", "0x80070002", "ERROR_FILE_NOT_FOUND"},
    {"13", "0x0000000d", "0x8007000d", "ERROR_INVALID_DATA"},
    {"1058", "0x00000422", "0x80070422", "ERROR_SERVICE_DISABLED"},
};

const struct cw_gen_texts cw_gen_package_names = {package_names, COUNT(package_names)};
const struct cw_gen_texts cw_gen_components = {components, COUNT(components)};
const struct cw_gen_texts cw_gen_component_names = {component_names, COUNT(component_names)};
const struct cw_gen_texts cw_gen_files = {files, COUNT(files)};
const struct cw_gen_texts cw_gen_states = {states, COUNT(states)};
const struct cw_gen_texts cw_gen_languages = {languages, COUNT(languages)};
const uint32_t cw_gen_driver_count = COUNT(cw_gen_drivers);
const uint32_t cw_gen_error_count = COUNT(cw_gen_errors);
