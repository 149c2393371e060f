/* What setupapi.dev.log tells: sections line by line. */
#include "genlog_setupapi.h"

#define STORY(lines)                                                                               \
    {                                                                                              \
        lines, sizeof(lines) / sizeof((lines)[0])                                                  \
    }
#define STORE "C:\\Windows\\System32\\DriverStore\\FileRepository\\"
#define PACKAGE STORE "$N\\$I.inf"
#define DRIVERS "C:\\Windows\\System32\\drivers\\"
#define WORKER                                                                                     \
    "      cmd: C:\\Windows\\winsxs\\amd64_microsoft-windows-servicingstack_31bf3856ad364e35_"     \
    "10.0.19041.3205_none_7e1b7a7e7c8d7b6a\\TiWorker.exe -Embedding"
#define SECTION(title) ">>>  [" title "]", ">>>  Section start $U"
#define SUCCESS "<<<  Section end $U", "<<<  [Exit status: SUCCESS]", "", ""
#define SERVICING(title)                                                                           \
    SECTION(title), WORKER, "     sto: Image State        = Specialized",                          \
        "     sto: Image Architecture = amd64",                                                    \
        "     sto: Transaction        = CbsDriversAndPrimitives",                                  \
        "     sto: Driver Updates     = $n"

static const char *const boot[] = {"[Boot Session: $U]", ""};

static const char *const device_install[] = {
    SECTION("Device Install (Hardware initiated) - $W\\5&$x&0&1"),
    "     ump: Creating Install Process: DrvInst.exe $t",
    "     dvi: {Build Driver List} $t",
    "     dvi:      Searching for hardware ID(s):",
    "     dvi:           $W",
    "     dvi:      Searching for compatible ID(s):",
    "     dvi:           swd\\genericraw",
    "     dvi:           swd\\generic",
    "     dvi:      Created Driver Node:",
    "     dvi:           HardwareID   - $W",
    "     dvi:           InfName      - " PACKAGE,
    "     dvi:           DevDesc      - $D",
    "     dvi:           Section      - $A_Inst.NT",
    "     dvi:           Rank         - 0x00ff$n00",
    "     dvi:           Signer Score - INBOX",
    "     dvi:           DrvDate      - 06/21/2006",
    "     dvi:           Version      - $v",
    "     dvi: {Build Driver List - exit(0x00000000)} $t",
    "     dvi: {DIF_SELECTBESTCOMPATDRV} $t",
    "     dvi:      Default installer: Enter $t",
    "     dvi:           {Select Best Driver}",
    "     dvi:                Class GUID of device changed to: $G.",
    "     dvi:                Selected:",
    "     dvi:                     Description - [$D]",
    "     dvi:                     InfFile     - [" PACKAGE "]",
    "     dvi:                     Section     - [$A_Inst.NT]",
    "     dvi:           {Select Best Driver - exit(0x00000000)}",
    "     dvi:      Default installer: Exit",
    "     dvi: {DIF_SELECTBESTCOMPATDRV - exit(0xe000020e)} $t",
    "     ndv: {Core Device Install} $t",
    "     ndv:      {Installing device - $W\\5&$x&0&1} $t",
    "     sto:           {Configure Driver Package: " PACKAGE "}",
    "     sto:                Source Filter  = $W",
    "     inf:                Class GUID     = $G",
    "     inf:                Class Options  = Configurable",
    "     inf:                {Configure Driver: $D}",
    "     inf:                     Section Name = $A_Inst.NT",
    "     inf:                     {Add Service: $A}",
    "     inf:                          Start Type    = 3",
    "     inf:                          Service Type  = 1",
    "     inf:                          Error Control = 1",
    "     inf:                          Image Path    = System32\\drivers\\$I.sys",
    "     inf:                          Display Name  = $D",
    "     inf:                          Created new service '$A'.",
    "     inf:                     {Add Service: exit(0x00000000)}",
    "     inf:                     Hardware Id  = $W",
    "     inf:                {Configure Driver: exit(0x00000000)}",
    "     flq:                Hardlinking '" STORE "$N\\$I.sys' to '" DRIVERS "$I.sys'.",
    "     sto:           {Configure Driver Package: exit(0x00000000)}",
    "!    dvi:           Device not started (unknown reason): Device has no problem.",
    "     ndv:      {Installing device - exit(0x00000000)} $t",
    "     ndv: {Core Device Install - exit(0x00000000)} $t",
    SUCCESS,
};

static const char *const driver_import[] = {
    SECTION("SetupCopyOEMInf - C:\\Drivers\\$x\\$I.inf"),
    "      cmd: pnputil.exe /add-driver $I.inf",
    "     inf: Copy style: 0x00000000",
    "     sto: {Setup Import Driver Package: C:\\Drivers\\$x\\$I.inf} $t",
    "     inf:      Provider: Microsoft",
    "     inf:      Class GUID: $G",
    "     inf:      Driver Version: 06/21/2006,$v",
    "     sto:      {Copy Driver Package: C:\\Drivers\\$x\\$I.inf} $t",
    "     flq:           Copying 'C:\\Drivers\\$x\\$I.sys' to "
    "'C:\\Windows\\Temp\\$g\\$I.sys'.",
    "     sto:      {Copy Driver Package: exit(0x00000000)} $t",
    "     pol:      {Driver package policy check} $t",
    "     pol:      {Driver package policy check - exit(0x00000000)} $t",
    "     inf:      {Query Configurability: C:\\Windows\\Temp\\$g\\$I.inf} $t",
    "!    inf:           Legacy directive 'LogConfig' will be ignored. Code = 2222, Line = $n",
    "!    inf:           Driver package '$I.inf' is NOT configurable.",
    "     inf:      {Query Configurability: exit(0x00000000)} $t",
    "     sig:      {_VERIFY_FILE_SIGNATURE} $t",
    "     sig:           Key      = $I.inf",
    "     sig:           FilePath = C:\\Windows\\Temp\\$g\\$I.inf",
    "     sig:           Success: File is signed in catalog.",
    "     sig:      {_VERIFY_FILE_SIGNATURE exit(0x00000000)} $t",
    "!    sto:      Driver package already imported as '$I.inf' (" PACKAGE ").",
    "     sto: {Setup Import Driver Package - exit(0x00000000)} $t",
    SUCCESS,
};

static const char *const policy_check[] = {
    SECTION("Device Installation Restrictions Policy Check"),
    SUCCESS,
};

static const char *const disk_cleanup[] = {
    SECTION("Device and Driver Disk Cleanup Handler"),
    "      cmd: taskhostw.exe",
    "     set: Searching for not-recently detected devices that may be removed from the system.",
    "     set: Devices will be removed during this pass.",
    "     set: Device $W\\5&$x&0&2 will be removed.",
    "     set: Device $W\\5&$x&0&2 was removed.",
    SUCCESS,
};

static const char *const servicing_begin[] = {
    SECTION("Disable Device Install"),
    WORKER,
    SUCCESS,
    SERVICING("Stage Driver Updates"),
    "     sto: {Stage Driver Package: " PACKAGE "} $t",
    "     sto: {Stage Driver Package: exit(0x00000000)} $t",
    SUCCESS,
};

static const char *const updates_begin[] = {SERVICING("Install Driver Updates")};

static const char *const publish[] = {
    "     sto: {Publish Driver Package: " PACKAGE "} $t",
    "     sto:      Driver Package = $N",
    "     idb:      {Publish Driver Package: " PACKAGE "} $t",
    "     idb:           Changing active driver package from '$O' to '$N'.",
    "     cpy:           Unpublished '$I.inf'.",
    "     idb:           Deindexed 1 driver file for '$O'.",
    "     idb:           Deindexed $n device IDs for '$O'.",
    "     cpy:           Published '$N\\$I.inf' to '$I.inf'.",
    "     idb:           Indexed 1 driver file for '$N'.",
    "     idb:           Indexed $n device IDs for '$N'.",
    "     idb:      {Publish Driver Package: exit(0x00000000)} $t",
    "     sto: {Publish Driver Package: exit(0x00000000)} $t",
};

static const char *const reflected[] = {"     sto: Driver update '$i' is already reflected."};

static const char *const reflect[] = {
    "     sto: Devices using '$I.inf':",
    "     sto:      $W\\4&$x&0&0001 -> $W [$A_Inst]",
    "     sto: Installed section names:",
    "     sto:      $A_Inst",
    "     sto: {Reflect Driver Package: " PACKAGE "}",
    "     sto:      Flags          = 0x00020F3F",
    "     inf:      Class GUID     = $G",
    "     inf:      Class Options  = Configurable BootCritical",
    "     idb:      Driver packages:",
    "     idb:           $N (active)",
    "     idb:           $O",
    "     inf:      {Configure Driver: $D}",
    "     inf:           Section Name = $A_Inst.NT",
    "     inf:           {Add Service: $A}",
    "     inf:                Start Type    = 3",
    "     inf:                Service Type  = 1",
    "     inf:                Error Control = 1",
    "     inf:                Image Path    = System32\\drivers\\$I.sys",
    "     inf:                Display Name  = $D",
    "     inf:                Updated service '$A'.",
    "     inf:           {Add Service: exit(0x00000000)}",
    "     inf:           Hardware Id  = $W",
    "     inf:           {Configure Driver Configuration: $A_Inst.NT}",
    "     inf:                Service Name  = $A",
    "     inf:                Config Flags  = 0x00000000",
    "     inf:           {Configure Driver Configuration: exit(0x00000000)}",
    "     inf:      {Configure Driver: exit(0x00000000)}",
    "     flq:      Hardlinking '" STORE "$N\\$I.sys' to '" DRIVERS "$I.sys'.",
    "     idb:      Last driver package '$O' to copy '" DRIVERS "$I.sys' needs reconfiguration.",
    "     sto: {Reflect Driver Package: exit(0x00000000)}",
};

static const char *const configure_many[] = {
    "     inf:      {Configure Driver: $D}",
    "     inf:           Section Name = $A_Inst.NT",
    "     inf:           Hardware Id  = USB\\VID_054C&PID_$n",
    "     inf:      {Configure Driver: exit(0x00000000)}",
};

static const char *const updates_success[] = {
    "     sto: Driver package '$I.inf' including 'pci.inf' needs reconfiguration.",
    "!    sto: Unable to update all dependent driver configurations. Error = 0x00000002",
    "<<<  Section end $U",
    "<<<  [Exit status: SUCCESS (REBOOT_REQUIRED)]",
    "",
    "",
};

static const char *const reflect_failure[] = {
    "     sto: {Reflect Driver Package: " PACKAGE "}",
    "     sto:      {Reflect Driver: $D}",
    "     sto:           Manufacturer = Microsoft",
    "     sto:           Section Name = $A_Inst.NT",
    "     sto:           Hardware Id  = $W",
    "     sto:           {Reflect Critical Device: $W}",
    "     sto:                Updating critical device '$W'.",
    "     sto:                Class GUID   = $G",
    "     sto:                Service Name = $A",
    "     sto:           {Reflect Critical Device: exit(0x00000000)}",
    "     sto:           {Add Service: $A}",
    "     sto:                Updating existing service '$A'.",
    "!!!  sto:                Failed to set Start Type. Error = $X",
    "     sto:           {Add Service: exit($X)}",
    "     sto:      {Reflect Driver: exit($X)}",
    "!!!  sto:      Failed to reflect driver package. Time = $m ms, Error = $X",
    "     sto: {Reflect Driver Package: exit($X)}",
    "!!!  sto: Failed to reflect all driver updates. Error = $X",
    "<<<  Section end $U",
    "<<<  [Exit status: FAILURE($X)]",
    "",
    "",
};

static const char *const version_failure[] = {
    "!!!  sto: Failed to get version info for driver update '" PACKAGE "'. Error = $X",
    "<<<  Section end $U",
    "<<<  [Exit status: FAILURE($X)]",
    "",
    "",
};

static const char *const servicing_end[] = {
    SERVICING("Uninstall Driver Updates"),
    "     sto: {Unpublish Driver Package: " STORE "$O\\$I.inf} $t",
    "     sto:      Driver Package = $O",
    "     idb:      {Unpublish Driver Package: " STORE "$O\\$I.inf} $t",
    "     idb:           Driver package '$N' is already active.",
    "     idb:      {Unpublish Driver Package: exit(0x00000000)} $t",
    "     sto: {Unpublish Driver Package: exit(0x00000000)} $t",
    SUCCESS,
    SERVICING("Unstage Driver Updates"),
    "     sto: {Unstage Driver Package: " STORE "$O\\$I.inf} $t",
    "     sto:      {DRIVERSTORE DELETE BEGIN} $t",
    "     sto:      {DRIVERSTORE DELETE BEGIN: exit(0x00000000)} $t",
    "     idb:      {Unregister Driver Package: " STORE "$O\\$I.inf} $t",
    "     idb:      {Unregister Driver Package: exit(0x00000000)} $t",
    "     sto:      {Delete Directory: " STORE "$O} $t",
    "!    cpy:           Could not delete file '" STORE "$O\\$I.sys'. Error = 0x00000005",
    "     sto:      {Delete Directory: exit(0x00000005)} $t",
    "     sto: {Unstage Driver Package: exit(0x00000000)} $t",
    SUCCESS,
    SECTION("Enable Device Install"),
    WORKER,
    SUCCESS,
};

const struct cw_gen_section cw_gen_boot = STORY(boot);
const struct cw_gen_section cw_gen_device_install = STORY(device_install);
const struct cw_gen_section cw_gen_driver_import = STORY(driver_import);
const struct cw_gen_section cw_gen_policy_check = STORY(policy_check);
const struct cw_gen_section cw_gen_disk_cleanup = STORY(disk_cleanup);
const struct cw_gen_section cw_gen_servicing_begin = STORY(servicing_begin);
const struct cw_gen_section cw_gen_updates_begin = STORY(updates_begin);
const struct cw_gen_section cw_gen_publish = STORY(publish);
const struct cw_gen_section cw_gen_reflected = STORY(reflected);
const struct cw_gen_section cw_gen_reflect = STORY(reflect);
const struct cw_gen_section cw_gen_configure_many = STORY(configure_many);
const struct cw_gen_section cw_gen_updates_success = STORY(updates_success);
const struct cw_gen_section cw_gen_reflect_failure = STORY(reflect_failure);
const struct cw_gen_section cw_gen_version_failure = STORY(version_failure);
const struct cw_gen_section cw_gen_servicing_end = STORY(servicing_end);
