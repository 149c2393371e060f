/* Names that are the same on every machine. */
#include "logs/identifier_scan.h"

/* Accounts and profiles; those of languages in which Windows calls them otherwise too. */
static const char *const accounts[] = {
    "Administrator",
    "Administrador",
    "Administrateur",
    "Administratör",
    "Administratoren",
    "Administrators",
    "Järjestelmänvalvoja",
    "Rendszergazda",
    "Администратор",
    "ADMINI~1",
    "Public",
    "Default",
    "Default User",
    "Default.migrated",
    "DEFAUL~1",
    "All Users",
    "ALLUSE~1",
    "Guest",
    "Gast",
    "DefaultAccount",
    "defaultuser0",
    "defaultuser1",
    "defaultuser100000",
    "defaultuser100001",
    "WDAGUtilityAccount",
    "LocalService",
    "NetworkService",
    "LocalService.NT AUTHORITY",
    "NetworkService.NT AUTHORITY",
    "systemprofile",
    "SYSTEM",
    "LOCAL SERVICE",
    "NETWORK SERVICE",
    "LocalSystem",
    "Local System",
    "TrustedInstaller",
    "Everyone",
    "Users",
    "TEMP",
    "desktop.ini",
    "Classic .NET AppPool",
    "DefaultAppPool",
    ".NET v2.0",
    ".NET v2.0 Classic",
    ".NET v4.5",
    ".NET v4.5 Classic",
    "N/A",
    "none",
    "null",
    "nobody",
    "unknown",
    "anonymous",
    "ANONYMOUS LOGON",
    "root",
};

/* What stands in front of the '\' of an account, or behind \\, and names no network. */
static const char *const domains[] = {
    "NT AUTHORITY",
    "AUTORITE NT",
    "NT-AUTORITÄT",
    "NT SERVICE",
    "NT-DIENST",
    "BUILTIN",
    "VORDEFINIERT",
    "Window Manager",
    "Font Driver Host",
    "NT VIRTUAL MACHINE",
    "IIS APPPOOL",
    "APPLICATION PACKAGE AUTHORITY",
    "Device",
    "Registry",
    "SystemRoot",
    "GLOBALROOT",
    "DosDevices",
    "GLOBAL??",
    "Windows",
    "Users",
    "ProgramData",
    "Program Files",
    "localhost",
    "HKEY_LOCAL_MACHINE",
    "HKEY_USERS",
    "HKLM",
    "HKU",
    "HKCU",
    "Internet",
    "Workgroup",
    "N/A",
    "none",
    "null",
    "unknown",
    "wsus",
    "PCI",
    "USB",
    "USBSTOR",
    "ACPI",
    "ACPI_HAL",
    "ROOT",
    "HID",
    "SCSI",
    "IDE",
    "SWD",
    "STORAGE",
    "DISPLAY",
    "HDAUDIO",
    "HTREE",
    "UMB",
    "BTH",
    "BTHENUM",
    "PCIIDE",
    "UEFI",
    "SOFTWARE",
    "SYSTEM",
};

/* The ends of hosts that are the same for everybody: a report that hides them hides whether the
 * machine asked Microsoft. */
static const char *const public_hosts[] = {
    "microsoft.com",
    "windowsupdate.com",
    "windows.com",
    "windows.net",
    "live.com",
    "msn.com",
    "msftconnecttest.com",
    "msftncsi.com",
    "msocsp.com",
    "digicert.com",
    "verisign.com",
    "symantec.com",
    "symcb.com",
    "symcd.com",
    "globalsign.com",
    "globalsign.net",
    "sectigo.com",
    "comodoca.com",
    "usertrust.com",
    "entrust.net",
    "thawte.com",
    "w3.org",
    "xmlsoap.org",
    "intel.com",
    "amd.com",
    "nvidia.com",
    "akamai.net",
    "github.com",
};

/* What Windows and its programs call folders and files of a profile. */
static const char *const profile_folders[] = {
    "AppData",
    "Local",
    "LocalLow",
    "Roaming",
    "Temp",
    "Tmp",
    "Low",
    "Local Settings",
    "Application Data",
    "LOCALS~1",
    "APPLIC~1",
    "Desktop",
    "Downloads",
    "Documents",
    "My Documents",
    "Eigene Dateien",
    "Pictures",
    "Music",
    "Videos",
    "Favorites",
    "Links",
    "Contacts",
    "Searches",
    "Saved Games",
    "3D Objects",
    "OneDrive",
    "Start Menu",
    "Programs",
    "Startup",
    "Microsoft",
    "Windows",
    "INetCache",
    "INetCookies",
    "Temporary Internet Files",
    "Packages",
    "WindowsApps",
    "Cookies",
    "History",
    "Recent",
    "SendTo",
    "Templates",
    "NetHood",
    "PrintHood",
    "Searches",
    "NTUSER.DAT",
    "NTUSER.DAT.LOG",
    "NTUSER.DAT.LOG1",
    "NTUSER.DAT.LOG2",
    "UsrClass.dat",
    "UsrClass.dat.LOG1",
    "UsrClass.dat.LOG2",
    "ntuser.ini",
    "desktop.ini",
    "ElevatedDiagnostics",
    "CrashDumps",
    "Logs",
    "Explorer",
    "IE",
    "Caches",
    "WER",
    "ReportArchive",
    "ReportQueue",
    "Internet Explorer",
    "Quick Launch",
};

static const char *const program_files[] = {
    ".inf", ".sys", ".cat", ".dll", ".exe", ".msu", ".cab", ".mum", ".manifest",
    ".msi", ".msp", ".pnf", ".drv", ".cpl", ".ocx", ".mui", ".log",
};

static bool is_one_of(struct cw_str name, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (cw_str_eq_nocase(name, cw_str_c(list[i])))
            return true;
    }
    return false;
}

bool cw_identifier_is_builtin_account(struct cw_str name)
{
    return is_one_of(name, accounts, sizeof(accounts) / sizeof(accounts[0]));
}

bool cw_identifier_is_builtin_domain(struct cw_str name)
{
    return is_one_of(name, domains, sizeof(domains) / sizeof(domains[0]));
}

bool cw_identifier_is_profile_folder(struct cw_str name)
{
    return is_one_of(name, profile_folders, sizeof(profile_folders) / sizeof(profile_folders[0]));
}

static bool ends_nocase(struct cw_str name, struct cw_str end)
{
    return name.len >= end.len && cw_str_eq_nocase(cw_str_from(name, name.len - end.len), end);
}

bool cw_identifier_is_public_host(struct cw_str name)
{
    for (size_t i = 0; i < sizeof(public_hosts) / sizeof(public_hosts[0]); i++) {
        struct cw_str host = cw_str_c(public_hosts[i]);
        bool part = name.len > host.len && name.ptr[name.len - host.len - 1] == '.';
        if (ends_nocase(name, host) && (part || name.len == host.len))
            return true;
    }
    return false;
}

bool cw_identifier_is_program_file(struct cw_str name)
{
    for (size_t i = 0; i < sizeof(program_files) / sizeof(program_files[0]); i++) {
        if (name.len > strlen(program_files[i]) && ends_nocase(name, cw_str_c(program_files[i])))
            return true;
    }
    return false;
}
